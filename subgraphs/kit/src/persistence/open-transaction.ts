import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { PoolClient } from 'pg';
import type { RequestContext } from '../context/index.ts';
import { Outbox } from './outbox.ts';
import { kyselyOn, PipelinedConnection } from './pipelined-kysely.ts';
import type { Transaction } from './transaction.ts';
import { bindContext } from './work-context.ts';

/** The transaction on one client. Creates the entity manager at its first use: hot paths use SQL alone. */
export class OpenTransaction<Schema> implements Transaction<Schema> {
  readonly ctx: RequestContext;
  readonly tenantId: string;
  readonly db: Kysely<Schema>;
  readonly outbox = new Outbox();
  readonly #orm: MikroORM;
  readonly #connection: PipelinedConnection;
  readonly #writes: Promise<unknown>[] = [];
  #em: EntityManager | undefined;

  constructor(orm: MikroORM, client: PoolClient, ctx: RequestContext) {
    this.ctx = ctx;
    this.tenantId = ctx.tenantId;
    this.#connection = new PipelinedConnection(client);
    this.db = kyselyOn<Schema>(this.#connection);
    this.#orm = orm;
  }

  get em(): EntityManager {
    return (this.#em ??= this.#createEntityManager());
  }

  write(statement: Promise<unknown>): void {
    statement.catch(() => undefined); // `writes` reports it
    this.#writes.push(statement);
  }

  /** Writes the changed entities. */
  async flushEntities(): Promise<void> {
    await this.#em?.flush();
  }

  /** Sends the events. Resolves when all writes that nothing waited for are done. */
  async finishWrites(): Promise<void> {
    this.write(this.outbox.flush(this.db, this.ctx));
    await Promise.all(this.#writes);
  }

  /** Refuses all further statements. */
  close(): void {
    this.#connection.close();
  }

  #createEntityManager(): EntityManager {
    const em = this.#orm.em.fork();
    em.setTransactionContext(this.db);
    bindContext(em, this.ctx);
    return em;
  }
}
