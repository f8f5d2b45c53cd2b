import { setTimeout as sleep } from 'node:timers/promises';
import { OptimisticLockError } from '@mikro-orm/postgresql';
import { DatabaseUnavailableError } from '../context/index.ts';
import { isLostConnection, unavailableOf, type DatabaseOutage } from './database-outage.ts';

const RETRIES = 3;
/** 40001 serialization_failure, 40P01 deadlock_detected. */
const TRANSIENT = new Set(['40001', '40P01']);

/**
 * Thrown when the connection was lost in the moment of the commit: it may have happened, or not. Who asked has to find out, with an
 * idempotency key for instance.
 */
export class CommitUnknownError extends DatabaseUnavailableError {
  constructor(cause: unknown) {
    super('The connection to the database was lost during the commit: repeat with the same idempotency key', { cause });
    this.name = 'CommitUnknownError';
  }
}

/**
 * Runs `attempt` again when it left nothing behind: at most three times when it lost against a concurrent transaction, and for as
 * long as the outage lets it when the database went away.
 */
export async function retryConflicts<Result>(outage: DatabaseOutage, attempt: () => Promise<Result>): Promise<Result> {
  const worthAnotherTry = outage.patience();
  for (let conflicts = 0; ;) {
    try {
      const result = await attempt();
      outage.over();
      return result;
    } catch (error) {
      if (isLostConnection(error) && (await worthAnotherTry())) continue;
      if (conflicts === RETRIES || !isConflict(error)) throw unavailableOf(error);
      // Random: those that collided must not meet again.
      await sleep(Math.random() * 10 * 2 ** conflicts++);
    }
  }
}

function isConflict(error: unknown): boolean {
  if (error instanceof OptimisticLockError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && TRANSIENT.has(code);
}
