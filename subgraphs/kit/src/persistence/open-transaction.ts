import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { PoolClient } from 'pg';
import type { RequestContext } from '../context/index.ts';
import { Outbox } from './outbox.ts';
import { kyselyOn } from './pipelined-kysely.ts';
import type { Transaction } from './transaction.ts';
import { bindContext } from './work-context.ts';

/** The transaction on one client. Creates the entity manager at its first use: hot paths use SQL alone. */
export class OpenTransaction<Schema> implements Transaction<Schema> {
  readonly ctx: RequestContext;
  readonly tenantId: string;
  readonly db: Kysely<Schema>;
  readonly outbox = new Outbox();
  readonly #orm: MikroORM;
  #em: EntityManager | undefined;

  constructor(orm: MikroORM, client: PoolClient, ctx: RequestContext) {
    this.ctx = ctx;
    this.tenantId = ctx.tenantId;
    this.db = kyselyOn<Schema>(client);
    this.#orm = orm;
  }

  get em(): EntityManager {
    return (this.#em ??= this.#createEntityManager());
  }

  /** Writes the changed entities. */
  async flushEntities(): Promise<void> {
    await this.#em?.flush();
  }

  #createEntityManager(): EntityManager {
    const em = this.#orm.em.fork();
    em.setTransactionContext(this.db);
    bindContext(em, this.ctx);
    return em;
  }
}
