import type { MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely } from 'kysely';
import { actorId, isStaff, type RequestContext } from '../context/index.ts';
import { isFailure, isUuid, type Result } from '../domain/index.ts';
import { claimOnce, type IdempotencyFailure, type IdempotentCall } from './idempotency.ts';
import { Outbox } from './outbox.ts';
import { InvalidTextError } from './invalid-text-error.ts';
import {
  DatabaseOutage,
  isCertainlyNotCommitted,
  isFromStandby,
  isLostConnection,
  unavailableOf,
} from './database-outage.ts';
import { StandbyError } from './postgres-hosts.ts';
import { CommitUnknownError, retryConflicts } from './retry.ts';
import { requireIdentifier } from './schema-name.ts';
import { encodeStored } from './stored-json.ts';
import type { Transaction } from './transaction.ts';
import { bindContext } from './work-context.ts';

/** A row that a job over all tenants must process. */
export interface DueRow {
  readonly tenantId: string;
  readonly id: string;
}

/**
 * The timeout of a read for a caller without scopes. Anyone can send such a read, so a slow read must not hold a connection for the 30 s
 * that the role allows. Postgres cancels the read with 57014 (query_canceled).
 */
const SHORT_TIMEOUT = `set_config('statement_timeout', '3s', true)`;

type AccessMode = 'read write' | 'read only';
type Work<Schema, Output> = (tx: Transaction<Schema>) => Promise<Output>;

/**
 * Runs work in one transaction that can see and change the rows of one tenant only. Do not open a unit of work inside another one. The
 * inner unit of work would take a second connection, and the pool would deadlock when every connection waits for another.
 */
export class UnitOfWork<Schema> {
  readonly #orm: MikroORM;
  readonly #onEvents: () => void;
  readonly #outage = new DatabaseOutage();

  /** @param onEvents called after the commit of a transaction with events, to wake the relay */
  constructor(orm: MikroORM, onEvents: () => void = () => undefined) {
    this.#orm = orm;
    this.#onEvents = onEvents;
  }

  /**
   * Runs `work` in a transaction. When `work` resolves, the pending changes and the outbox are written, and the transaction commits. When
   * `work` throws or returns a failed `Result`, the transaction is rolled back. `work` runs again after a conflict (deadlock, optimistic
   * lock) and, for the few seconds of a database restart, after a lost connection. So `work` must have no effect outside of its
   * transaction.
   * @throws CommitUnknownError when the connection was lost during the commit
   */
  run<Output>(ctx: RequestContext, work: Work<Schema, Output>): Promise<Output> {
    return retryConflicts(this.#outage, () =>
      this.#inTransaction(ctx, 'read write', async (tx) => {
        const result = await work(tx);
        if (isFailure(result)) return result;
        await tx.em.flush();
        await tx.outbox.flush(tx.db, ctx);
        return result;
      }),
    );
  }

  /** Runs a read. Postgres refuses every write, and no pending changes are flushed. */
  read<Output>(ctx: RequestContext, work: Work<Schema, Output>): Promise<Output> {
    return retryConflicts(this.#outage, () => this.#inTransaction(ctx, 'read only', work));
  }

  /**
   * Runs `work` as `run` does, but once per idempotency key. A second call with the same key and input returns the stored value without
   * running `work` again. A refusal is rolled back together with its key, so the key stays free. Without a key, `once` equals `run`. The
   * value must be plain data that JSON can represent. Dates are allowed, and entities throw an error.
   */
  once<Value, Refusal>(
    ctx: RequestContext,
    call: IdempotentCall,
    work: Work<Schema, Result<Value, Refusal>>,
  ): Promise<Result<Value, Refusal | IdempotencyFailure>> {
    const { key } = call;
    if (key === null || key === undefined) return this.run(ctx, async (tx) => storable(await work(tx)));
    return this.run(ctx, (tx) => claimOnce(tx, { ...call, key }, () => work(tx)));
  }

  /**
   * Finds the rows that a job over all tenants must process. The function in the schema takes a limit, and returns rows with `tenant_id`
   * and `id`. The function is SECURITY DEFINER, because the role of this process cannot see more than one tenant at a time.
   */
  async due(functionName: string, limit: number): Promise<DueRow[]> {
    const rows = await this.#client().executeQuery<{ tenant_id: string; id: string }>(
      CompiledQuery.raw(`select tenant_id, id from ${requireIdentifier(functionName)}($1)`, [limit]),
    );
    return rows.rows.map((row) => ({ tenantId: row.tenant_id, id: row.id }));
  }

  /** Calls a SECURITY DEFINER function outside of any tenant. Returns the rows of the function. */
  async callFunction<Row>(functionName: string, args: readonly unknown[]): Promise<Row[]> {
    const places = args.map((_, index) => `$${index + 1}`).join(', ');
    const call = CompiledQuery.raw(`select * from ${requireIdentifier(functionName)}(${places})`, [...args]);
    try {
      return (await this.#client().executeQuery<Row>(call)).rows;
    } catch (error) {
      throw unavailableOf(isFromStandby(error) ? new StandbyError({ cause: error }) : InvalidTextError.from(error));
    }
  }

  #client(): Kysely<Schema> {
    return this.#orm.em.getConnection().getClient();
  }

  async #inTransaction<Output>(
    ctx: RequestContext,
    accessMode: AccessMode,
    work: Work<Schema, Output>,
  ): Promise<Output> {
    const beginAsTenant = CompiledQuery.raw(beginStatement(ctx, accessMode));
    return this.#client()
      .connection()
      .execute(async (db) => {
        try {
          await db.executeQuery(beginAsTenant);
          const em = this.#orm.em.fork();
          em.setTransactionContext(db);
          bindContext(em, ctx);
          const outbox = new Outbox();
          const result = await work({ ctx, tenantId: ctx.tenantId, em, db, outbox });
          // This is the only place that decides about a rollback. A refusal leaves no change behind.
          if (isFailure(result)) {
            await rollback(db);
            return result;
          }
          await commit(db, accessMode);
          if (outbox.written) this.#onEvents();
          return result;
        } catch (error) {
          await rollback(db);
          // A write in a read-only transaction is a bug in Souk, and does not show that the server is a standby.
          if (accessMode === 'read write' && isFromStandby(error)) throw new StandbyError({ cause: error });
          throw InvalidTextError.from(error);
        }
      });
  }
}

/**
 * One message with two statements. Postgres accepts several statements only without bind parameters, so tenant and user are part of the
 * text. The ids of tenant and user must be UUIDs, because a UUID cannot contain a quote.
 */
function beginStatement(ctx: RequestContext, accessMode: AccessMode): string {
  const timeout = accessMode === 'read only' && !isStaff(ctx) ? `, ${SHORT_TIMEOUT}` : '';
  const userId = actorId(ctx) ?? '';
  if (!isUuid(ctx.tenantId)) throw new TypeError('tenantId is not a UUID');
  if (userId !== '' && !isUuid(userId)) throw new TypeError('userId is not a UUID');
  return `begin ${accessMode}; select set_config('app.tenant_id', '${ctx.tenantId}', true), set_config('app.user_id', '${userId}', true)${timeout}`;
}

/** Refuses a value that cannot be stored. The check also runs for calls without a key, so that the first test shows the mistake. */
function storable<Value, Refusal>(result: Result<Value, Refusal>): Result<Value, Refusal> {
  if (result.ok) encodeStored(result.value);
  return result;
}

async function commit<Schema>(db: Kysely<Schema>, accessMode: AccessMode): Promise<void> {
  try {
    await db.executeQuery(CompiledQuery.raw('commit'));
  } catch (error) {
    if (!isLostConnection(error)) throw error;
    if (accessMode === 'read only') return; // a finished read needs no commit
    throw isCertainlyNotCommitted(error) ? error : new CommitUnknownError(error);
  }
}

async function rollback<Schema>(db: Kysely<Schema>): Promise<void> {
  try {
    await db.executeQuery(CompiledQuery.raw('rollback'));
  } catch {
    // The connection is gone, and the transaction with it. The first error is reported instead of this error.
  }
}
