import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailableError } from '../context/index.ts';
import { StandbyError } from './postgres-hosts.ts';

/** How long work waits for a database that went away, in ms, from the moment in which it did. A restart, or a failover, takes less. */
const PATIENCE_MS = 5000;
const PAUSE_MS = { first: 20, longest: 250 };

/** What Node and Postgres (appendix A of its manual) call it when there is no connection, or no longer. */
const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'EPIPE',
  'ETIMEDOUT', // its machine is gone: TCP's keepalive, or its retransmissions, found nobody
  '08000', // connection_exception
  '08001',
  '08003',
  '08004',
  '08006',
  '25P03', // idle_in_transaction_session_timeout: this process was frozen
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: it starts, or shuts down
]);

/** pg gives these no code; MikroORM puts the statement before them. */
const LOST_MESSAGES =
  /(^| - )(Connection terminated|timeout expired|Client has encountered a connection error and is not queryable|Client was closed and is not queryable)/;

/** Whether an error says that the database is away, or cut the connection. Then nothing of an open transaction is left. */
export function isLostConnection(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (error instanceof StandbyError) return true;
  if ('code' in error && typeof error.code === 'string' && LOST.has(error.code)) return true;
  return 'message' in error && typeof error.message === 'string' && LOST_MESSAGES.test(error.message);
}

/**
 * Whether a transaction that may write was refused because the server is a standby: 25006 read_only_sql_transaction for a statement,
 * 0A000 feature_not_supported for `begin read write`. Only a pooler leads there: a connection of its own ends with the server's role.
 */
export function isFromStandby(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === '25006' || (error.code === '0A000' && error.message.includes('during recovery'));
}

/** 57014 query_canceled: statement_timeout; 55P03 lock_not_available: lock_timeout; 53300 too_many_connections. */
const STOPPED = new Set(['57014', '55P03', '53300']);

/** The error as callers may see it where the database is gone or has stopped a statement; any other error as it is. */
export function unavailableOf(error: unknown): unknown {
  if (isLostConnection(error)) {
    return new DatabaseUnavailableError('The database does not answer at the moment: try again', { cause: error });
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || !STOPPED.has(code)) return error;
  return new DatabaseUnavailableError(
    'The database has stopped this request, which took too long: ask for less, or try again',
    {
      cause: error,
    },
  );
}

/** Whether an error that came for a commit says that the commit was not even looked at: nothing of the transaction is left then. */
export function isCertainlyNotCommitted(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && error.code === '25P03') return true;
  return 'message' in error && typeof error.message === 'string' && error.message.endsWith('is not queryable');
}

/**
 * Whether the database of a process is away, and for how long. For a moment everybody waits, and nobody notices more than that; when it lasts
 * longer, everybody is told at once.
 */
export class DatabaseOutage {
  readonly #nowMs: () => number;
  #sinceMs: number | null = null;
  #pauseMs = PAUSE_MS.first;

  /** @param nowMs default: the time of this process. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /**
   * The patience of one piece of work, which is asked after each loss: waits a little and gives true; false at once when the database was
   * lost for too long, or this work lost it again and again while others got through: it may be what brings the database down.
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

  /** The database answered. */
  over(): void {
    this.#sinceMs = null;
    this.#pauseMs = PAUSE_MS.first;
  }
}
