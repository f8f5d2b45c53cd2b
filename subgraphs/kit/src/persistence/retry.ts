import { setTimeout as sleep } from 'node:timers/promises';
import { OptimisticLockError } from '@mikro-orm/postgresql';
import { DatabaseUnavailableError } from '../context/index.ts';
import { isLostConnection, unavailableOf, type DatabaseOutage } from './database-outage.ts';

const RETRIES = 3;
/**
 * Error codes after which the database is unchanged and a retry may succeed: 40001 serialization_failure, 40P01 deadlock_detected, and
 * 26000 invalid_sql_statement_name. Error 26000 means that a statement uses a prepared name that does not exist. This happens when Postgres
 * cancels the Parse of a text while later statements with the prepared name are already sent.
 */
const TRANSIENT = new Set(['40001', '40P01', '26000']);

/**
 * Thrown when the connection was lost during the commit. The transaction may or may not be committed. The caller must find out, for
 * instance by repeating the call with the same idempotency key.
 */
export class CommitUnknownError extends DatabaseUnavailableError {
  constructor(cause: unknown) {
    super('The connection to the database was lost during the commit: repeat with the same idempotency key', { cause });
    this.name = 'CommitUnknownError';
  }
}

/**
 * Runs `attempt` again after an error that left the database unchanged: at most three times after a conflict with a concurrent transaction,
 * and as long as `outage` allows after a lost connection.
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
      // The pause is random, because equal pauses would make the same transactions collide again.
      await sleep(Math.random() * 10 * 2 ** conflicts++);
    }
  }
}

function isConflict(error: unknown): boolean {
  if (error instanceof OptimisticLockError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && TRANSIENT.has(code);
}
