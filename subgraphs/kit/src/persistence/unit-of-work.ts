import type { MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely } from 'kysely';
import type { PoolClient } from 'pg';
import { actorId, isStaff, type RequestContext } from '../context/index.ts';
import { isFailure, isUuid, type Result } from '../domain/index.ts';
import { claimOnce, type IdempotencyFailure, type IdempotentCall } from './idempotency.ts';
import { OpenTransaction } from './open-transaction.ts';
import { PipelinedReads } from './pipelined-reads.ts';
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
import { requireStorable } from './stored-json.ts';
import { boundDatabase } from './bound-database.ts';
import type { ReadContext } from './tenant-query.ts';
import type { ReadTransaction, Transaction } from './transaction.ts';

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

type Work<Schema, Output> = (tx: Transaction<Schema>) => Promise<Output>;

type Mode = 'READ' | 'WRITE';

export interface UnitOfWorkOptions {
  /** Called after the commit of a transaction with events, to wake the relay. @default nothing happens */
  readonly onEvents?: () => void;
}

/**
 * Runs work in one transaction that can see and change the rows of one tenant only. Do not open a unit of work inside another one. The
 * inner unit of work would take a second connection, and the pool would deadlock when every connection waits for another.
 */
export class UnitOfWork<Schema> {
  readonly #orm: MikroORM;
  readonly #onEvents: () => void;
  readonly #outage = new DatabaseOutage();
  readonly #pipelined: PipelinedReads;

  constructor(orm: MikroORM, { onEvents = () => undefined }: UnitOfWorkOptions = {}) {
    this.#orm = orm;
    this.#onEvents = onEvents;
    this.#pipelined = new PipelinedReads(orm, orm.config.get('pool')?.max ?? 0);
  }

  /**
   * Runs `work` in a transaction. When `work` resolves, the pending changes and the outbox are written, and the transaction commits. When
   * `work` throws or returns a failed `Result`, the transaction is rolled back. `work` runs again after a conflict (deadlock, optimistic
   * lock) and, for the few seconds of a database restart, after a lost connection. So `work` must have no effect outside of its
   * transaction.
   * @throws CommitUnknownError when the connection was lost during the commit
   */
  run<Output>(ctx: RequestContext, work: Work<Schema, Output>): Promise<Output> {
    return retryConflicts(this.#outage, () => this.#inTransaction(ctx, 'WRITE', work));
  }

  /** Runs a read. Postgres refuses every write, and no pending changes are flushed. */
  read<Output>(ctx: RequestContext, work: Work<Schema, Output>): Promise<Output> {
    return retryConflicts(this.#outage, () => this.#inTransaction(ctx, 'READ', work));
  }

  /**
   * Runs a read whose statements find few rows by an index. Each statement is a transaction of its own, and shares a connection with
   * statements of other reads: one round trip instead of three. Postgres refuses every write, and cancels a statement after 3 s. Use `read`
   * for statements that may be slow.
   */
  quickRead<Output>(ctx: RequestContext, work: (tx: ReadTransaction<Schema>) => Promise<Output>): Promise<Output> {
    if (!this.#pipelined.isPossible) return this.read(ctx, work);
    return retryConflicts(this.#outage, async () => {
      const context = contextOf(ctx);
      const db = boundDatabase(this.#client(), (text, values) => this.#pipelined.query(context, text, values));
      try {
        return await work({ ctx, tenantId: ctx.tenantId, db });
      } catch (error) {
        throw InvalidTextError.from(error);
      }
    });
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
   * Finds the rows that a job over all tenants must process. `functionName` is a Postgres function in the subgraph's schema that takes a
   * limit, and returns rows with `tenant_id` and `id`. The function is SECURITY DEFINER, because the role of this process cannot see more
   * than one tenant at a time.
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

  async #inTransaction<Output>(ctx: RequestContext, mode: Mode, work: Work<Schema, Output>): Promise<Output> {
    const begin = beginStatement(ctx, mode);
    const client = await (await this.#orm.driver.getConnection().getNativeClient()).connect();
    // BEGIN is not awaited, because the first statement of the work follows in the same message. After a failed BEGIN every statement
    // fails, because no tenant is set.
    const begun = client.query(begin);
    begun.catch(() => undefined);
    const tx = new OpenTransaction<Schema>(this.#orm, client, ctx);
    try {
      return await this.#finish(client, mode, tx, work);
    } catch (error) {
      tx.close(); // work that continues after a failed part must not reach the next transaction of the client
      await rollback(client);
      const cause = await begun.then(
        () => error,
        (failed: unknown) => failed,
      );
      // Postgres reports the same code for a write in a read-only transaction. Such a write is a bug in Souk, so the mode READ is excluded
      // here.
      if (mode !== 'READ' && isFromStandby(cause)) throw new StandbyError({ cause });
      throw InvalidTextError.from(cause);
    } finally {
      tx.close();
      client.release();
    }
  }

  async #finish<Output>(
    client: PoolClient,
    mode: Mode,
    tx: OpenTransaction<Schema>,
    work: Work<Schema, Output>,
  ): Promise<Output> {
    const result = await work(tx);
    // A refusal rolls back the whole transaction. No other code decides about the rollback.
    if (isFailure(result)) {
      tx.close();
      await rollback(client);
      return result;
    }
    if (mode === 'READ') await endRead(client);
    else {
      await tx.flushEntities();
      await commit(client, tx.finishWrites());
    }
    if (tx.outbox.written) this.#onEvents();
    return result;
  }
}

/**
 * BEGIN and the settings of tenant and user, as one message. Postgres does not accept bind parameters in a message with several statements,
 * so the ids are part of the text. The ids must be UUIDs, because a UUID cannot contain a quote.
 */
function beginStatement(ctx: RequestContext, mode: Mode): string {
  const [tenantId, userId] = contextOf(ctx);
  const settings = [
    `set_config('app.tenant_id', '${tenantId}', true)`,
    `set_config('app.user_id', '${userId}', true)`,
    ...(mode === 'READ' && !isStaff(ctx) ? [SHORT_TIMEOUT] : []),
  ];
  return `begin ${mode === 'READ' ? 'read only' : 'read write'}; select ${settings.join(', ')}`;
}

/** @throws TypeError when the tenant or the user is not a UUID */
function contextOf(ctx: RequestContext): ReadContext {
  const userId = actorId(ctx) ?? '';
  if (!isUuid(ctx.tenantId)) throw new TypeError('tenantId is not a UUID');
  if (userId !== '' && !isUuid(userId)) throw new TypeError('userId is not a UUID');
  return [ctx.tenantId, userId];
}

/**
 * Throws for a value that cannot be stored. The check also runs for calls without a key, so that any test of the mutation finds the
 * mistake.
 */
function storable<Value, Refusal>(result: Result<Value, Refusal>): Result<Value, Refusal> {
  if (result.ok) requireStorable(result.value);
  return result;
}

/** Sends the commit behind the last writes, in the same message. */
async function commit(client: PoolClient, writes: Promise<void>): Promise<void> {
  const committing = client.query('commit');
  committing.catch(() => undefined); // awaited below, unless a write failed: then Postgres rolls back
  try {
    await writes;
    await committing;
  } catch (error) {
    if (!isLostConnection(error)) throw error;
    throw isCertainlyNotCommitted(error) ? error : new CommitUnknownError(error);
  }
}

/** Ends a read. Losing the connection here is not an error, because the result is complete and a read has nothing to commit. */
async function endRead(client: PoolClient): Promise<void> {
  await client.query('commit').catch((error: unknown) => {
    if (!isLostConnection(error)) throw error;
  });
}

async function rollback(client: PoolClient): Promise<void> {
  try {
    await client.query('rollback');
  } catch {
    // The lost connection has already rolled back the transaction, so this error is ignored. The caller gets the error
    // that caused the rollback.
  }
}
