import { setTimeout as sleep } from 'node:timers/promises';
import { OptimisticLockError } from '@mikro-orm/postgresql';

const RETRIES = 3;
/** 40001 serialization_failure, 40P01 deadlock_detected. */
const TRANSIENT = new Set(['40001', '40P01']);

/**
 * Thrown when a transaction could not even begin: its pooled connection had been closed meanwhile (a restart of Postgres, a
 * proxy's idle limit). Nothing has happened, and another connection may do.
 */
export class NotBegunError extends Error {
  constructor(cause: unknown) {
    super('The transaction could not begin', { cause });
    this.name = 'NotBegunError';
  }
}

/** Runs `attempt` again, at most three times, when it lost against a concurrent transaction or never began. */
export async function retryConflicts<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let retry = 0; ; retry++) {
    try {
      return await attempt();
    } catch (error) {
      if (retry === RETRIES || !isConflict(error)) throw error;
      // Random: those that collided must not meet again.
      await sleep(Math.random() * 10 * 2 ** retry);
    }
  }
}

function isConflict(error: unknown): boolean {
  if (error instanceof OptimisticLockError || error instanceof NotBegunError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && TRANSIENT.has(code);
}
