import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { PoolClient } from 'pg';
import type { RequestContext } from '../context/index.ts';
import { boundDatabase } from './bound-database.ts';
import { Outbox } from './outbox.ts';
import type { Transaction } from './transaction.ts';
import { bindContext } from './work-context.ts';

/** The transaction on one client. The entity manager is created at its first use, because hot paths use SQL alone. */
export class OpenTransaction<Schema> implements Transaction<Schema> {
  readonly ctx: RequestContext;
  readonly tenantId: string;
  readonly db: Kysely<Schema>;
  readonly outbox = new Outbox();
  readonly #orm: MikroORM;
  readonly #writes: Promise<unknown>[] = [];
  #em: EntityManager | undefined;
  #isOpen = true;

  constructor(orm: MikroORM, client: PoolClient, ctx: RequestContext) {
    this.ctx = ctx;
    this.tenantId = ctx.tenantId;
    // Statements are pipelined: the client sends each one immediately. Kysely's own connection would wait for the previous result.
    this.db = boundDatabase<Schema>(orm.em.getConnection().getClient(), async (text, values) => {
      if (!this.#isOpen) throw new Error('The transaction has ended. Await every statement inside the unit of work');
      return client.query(text, [...values]);
    });
    this.#orm = orm;
  }

  get em(): EntityManager {
    return (this.#em ??= this.#createEntityManager());
  }

  write(statement: Promise<unknown>): void {
    statement.catch(() => undefined); // `writes` reports it
    this.#writes.push(statement);
  }

  async flushEntities(): Promise<void> {
    await this.#em?.flush();
  }

  /** Writes the collected events to the outbox, and waits for all statements that were passed to `write`. */
  async finishWrites(): Promise<void> {
    this.write(this.outbox.flush(this.db, this.ctx));
    await Promise.all(this.#writes);
  }

  /** Refuses all further statements, because the client may soon serve another tenant. */
  close(): void {
    this.#isOpen = false;
  }

  #createEntityManager(): EntityManager {
    const em = this.#orm.em.fork();
    em.setTransactionContext(this.db);
    bindContext(em, this.ctx);
    return em;
  }
}
