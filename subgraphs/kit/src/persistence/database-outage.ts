import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailableError } from '../context/index.ts';
import { StandbyError } from './postgres-hosts.ts';

/** How long work waits for a lost database, in milliseconds since the loss. A restart or a failover takes less time. */
const PATIENCE_MS = 5000;
const PAUSE_MS = { first: 20, longest: 250 };

/** The codes of Node and Postgres (manual, appendix A) for a connection that failed or was lost. */
const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'EPIPE',
  'ETIMEDOUT', // the machine is gone: TCP keepalives or retransmissions got no answer
  '08000', // connection_exception
  '08001',
  '08003',
  '08004',
  '08006',
  '25P03', // idle_in_transaction_session_timeout: this process was frozen
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: the server starts or shuts down
]);

/** The messages of pg's errors that have no code. MikroORM puts the statement and ` - ` before the message. */
const LOST_MESSAGES =
  /(^| - )(Connection terminated|timeout expired|Client has encountered a connection error and is not queryable|Client was closed and is not queryable)/;

/**
 * Whether an error means that the database is unreachable or cut the connection. Unless the error comes from a commit, an open transaction
 * has had no effect.
 */
export function isLostConnection(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (error instanceof StandbyError) return true;
  if ('code' in error && typeof error.code === 'string' && LOST.has(error.code)) return true;
  return 'message' in error && typeof error.message === 'string' && LOST_MESSAGES.test(error.message);
}

/**
 * Whether a writing transaction was refused because the server is a standby: 25006 read_only_sql_transaction for a statement, 0A000
 * feature_not_supported for `begin read write`. Only a pooler can connect to a standby, because a direct connection ends when the server
 * changes its role.
 */
export function isFromStandby(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === '25006' || (error.code === '0A000' && error.message.includes('during recovery'));
}

/** Postgres reports 57014 (query_canceled) after a statement_timeout, and 55P03 (lock_not_available) after a lock_timeout. */
const STOPPED = new Set(['57014', '55P03']);
/** `too_many_connections`. The role, the database or the server has reached its limit. */
const NO_CONNECTION = '53300';

/** Converts an outage, exhausted connections or a canceled statement to a DatabaseUnavailableError. Returns any other error unchanged. */
export function unavailableOf(error: unknown): unknown {
  if (isLostConnection(error)) {
    return new DatabaseUnavailableError('The database is unavailable. Try again in a few seconds', { cause: error });
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === NO_CONNECTION) return withoutConnection(error);
  if (typeof code !== 'string' || !STOPPED.has(code)) return error;
  return new DatabaseUnavailableError(
    'The database canceled this request because it took too long. Request less data, or try again',
    {
      cause: error,
    },
  );
}

/** The error for a caller. Its cause, which is only logged, states which settings an operator can change. */
function withoutConnection(error: unknown): DatabaseUnavailableError {
  const reason = error instanceof Error ? error.message : String(error);
  const remedy =
    'Lower DATABASE_POOL of the processes, or raise the limit: DATABASE_APP_CONNECTIONS of the migration for a role, max_connections for the server';
  return new DatabaseUnavailableError('The database has no free connection. Try again in a few seconds', {
    cause: new Error(`Connections of this database role are used up: ${reason}. ${remedy}`, { cause: error }),
  });
}

/** Whether an error of a commit proves that the server never processed the commit, so the transaction is rolled back. */
export function isCertainlyNotCommitted(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && error.code === '25P03') return true;
  return 'message' in error && typeof error.message === 'string' && error.message.endsWith('is not queryable');
}

/**
 * Tracks whether the database of a process is unreachable, and since when. During a short outage all work waits. During a longer outage all
 * work fails immediately.
 */
export class DatabaseOutage {
  readonly #nowMs: () => number;
  #sinceMs: number | null = null;
  #pauseMs = PAUSE_MS.first;

  /** @param nowMs @default the monotonic clock of this process */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /**
   * Creates a wait function for one piece of work. The work calls the function after each lost connection. The function waits briefly and
   * returns true. The function returns false immediately when the outage lasts longer than `PATIENCE_MS`, or when only this work keeps
   * losing its connection, because the work itself may crash the database.
   */
  patience(): () => Promise<boolean> {
    let sinceMs: number | null = null;
    return async () => {
      sinceMs ??= this.#nowMs();
      return this.#nowMs() - sinceMs <= PATIENCE_MS && this.#worthAnotherTry();
    };
  }

  async #worthAnotherTry(): Promise<boolean> {
    this.#sinceMs ??= this.#nowMs();
    if (this.#nowMs() - this.#sinceMs > PATIENCE_MS) return false;
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(2 * pauseMs, PAUSE_MS.longest);
    await sleep(pauseMs * (0.5 + Math.random() / 2));
    return true;
  }

  /** Reports that the database answered. */
  over(): void {
    this.#sinceMs = null;
    this.#pauseMs = PAUSE_MS.first;
  }
}
