import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Commit } from './cluster-deliveries.ts';

const OUTBOXES = ['catalog', 'inventory', 'orders', 'accounts', 'payments'];
const WAITING = `select ${OUTBOXES.map((name) => `(select count(*) from ${name}.outbox_event)`).join(' + ')} as waiting`;
const COMMITS = `
  select order_id, type, extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000 as at_ms
  from orders.order_event
  where pg_xact_commit_timestamp(xmin) >= to_timestamp($1)
  order by at_ms`;

const ASK_EVERY_MS = 50;
/**
 * How long all outboxes must stay empty, in milliseconds. When one event causes another, all outboxes may be empty for
 * a moment between the two events.
 */
const STILL_FOR_MS = 300;
const SETTLED_WITHIN_MS = 30_000;

/** Changes that Postgres does not find yet, and changes that Elasticsearch does not find yet, if its address is set. */
const SEARCH_WAITS =
  '(select from catalog.search_pending limit 1) union all (select from catalog.search_export limit 1)';

/** Queries the database of a server under test, over a separate connection. */
export class BenchDatabase {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async open(adminUrl: string): Promise<BenchDatabase> {
    const client = new Client(adminUrl);
    client.on('error', () => undefined); // The next query rejects with the same error.
    await client.connect();
    return new BenchDatabase(client);
  }

  /** Lists the committed changes of orders, oldest first. @param sinceMs milliseconds since 1970 */
  async commitsSince(sinceMs: number): Promise<readonly Commit[]> {
    interface Row {
      readonly order_id: string;
      readonly type: string;
      readonly at_ms: string;
    }
    const { rows } = await this.#client.query<Row>(COMMITS, [sinceMs / 1000]);
    return rows.map(({ order_id: orderId, type, at_ms: atMs }) => ({ orderId, type, atMs: Number(atMs) }));
  }

  /** Counts the orders with these ids that exist. */
  async countOrders(ids: readonly string[]): Promise<number> {
    const sql = 'select count(*) as count from orders.sales_order where id = any($1::uuid[])';
    const { rows } = await this.#client.query<{ readonly count: string }>(sql, [ids]);
    return Number(rows[0]?.count);
  }

  /**
   * Waits until `isOver` returns true and all outboxes are empty, both continuously for 300 ms.
   * @returns false when this does not happen within 30 s.
   */
  async settles(isOver: () => Promise<boolean>): Promise<boolean> {
    const started = performance.now();
    let still = started;
    while (performance.now() - started < SETTLED_WITHIN_MS) {
      if ((await this.#waiting()) > 0 || !(await isOver())) still = performance.now();
      else if (performance.now() - still >= STILL_FOR_MS) return true;
      await sleep(ASK_EVERY_MS);
    }
    return false;
  }

  /** Waits until all products are indexed for the search. */
  async untilIndexed(): Promise<void> {
    while (((await this.#client.query(SEARCH_WAITS)).rowCount ?? 0) > 0) await sleep(ASK_EVERY_MS);
  }

  async run(statement: string): Promise<void> {
    await this.#client.query(statement);
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  async #waiting(): Promise<number> {
    const { rows } = await this.#client.query<{ readonly waiting: string }>(WAITING);
    return Number(rows[0]?.waiting);
  }
}
