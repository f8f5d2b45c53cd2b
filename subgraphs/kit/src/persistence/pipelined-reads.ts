import type { MikroORM } from '@mikro-orm/postgresql';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { isLostConnection } from './database-outage.ts';
import { PreparingClient } from './preparing-client.ts';
import type { ReadContext } from './tenant-query.ts';

/** Usual number of connections for reads. More connections would make Postgres processes compete for cores. */
const LANES = 3;
/** Running time in milliseconds after which a statement counts as slow. New statements then use another lane, if one is free. */
const SLOW_MS = 50;

/**
 * Runs reads on a few connections of the pool. Each connection (lane) is pipelined: a statement is sent before the previous one has
 * returned. A connection goes back to the pool when it has no statement left. A slow statement delays only the statements behind it on its
 * lane. Later statements use other lanes, up to twice the usual number.
 */
export class PipelinedReads {
  readonly #orm: MikroORM;
  readonly #usual: number;
  #lanes: readonly Lane[] = [];

  /**
   * @param poolSize the size of the pool. At most a third of its connections become lanes. The rest serves transactions. A pool of one or
   * two connections has no lanes.
   */
  constructor(orm: MikroORM, poolSize: number) {
    this.#orm = orm;
    this.#usual = Math.min(LANES, Math.floor(poolSize / 3));
  }

  /** Whether the pool is large enough to share connections. */
  get isPossible(): boolean {
    return this.#usual > 0;
  }

  query(context: ReadContext, text: string, values: readonly unknown[]): Promise<QueryResult> {
    return this.#lane().query(context, text, values);
  }

  #lane(): Lane {
    const now = performance.now();
    const quick = this.#lanes.filter((lane) => now - lane.waitsSinceMs < SLOW_MS);
    const most = this.#lanes.length < 2 * this.#usual ? this.#usual : 0;
    if (quick.length < most) return this.#open();
    return leastBusy(quick.length > 0 ? quick : this.#lanes);
  }

  #open(): Lane {
    const lane = new Lane(this.#orm, () => {
      this.#lanes = this.#lanes.filter((each) => each !== lane);
    });
    this.#lanes = [...this.#lanes, lane];
    return lane;
  }
}

const leastBusy = (lanes: readonly Lane[]): Lane =>
  lanes.reduce((least, lane) => (lane.sent < least.sent ? lane : least));

/** A connection of the pool while it has statements to run. */
class Lane {
  readonly #client: Promise<PoolClient & PreparingClient>;
  readonly #onEnd: () => void;
  #isEnded = false;
  /** Number of statements that have not returned. */
  sent = 0;
  /** The time at which the lane's current statement began, by `performance.now()`. */
  waitsSinceMs = performance.now();

  constructor(orm: MikroORM, onEnd: () => void) {
    this.#client = connect(orm);
    this.#onEnd = onEnd;
  }

  async query(context: ReadContext, text: string, values: readonly unknown[]): Promise<QueryResult> {
    this.sent += 1;
    try {
      const client = await this.#client;
      return await client.queryAs(context, text, values);
    } catch (error) {
      if (isLostConnection(error)) this.#end(true);
      throw error;
    } finally {
      this.sent -= 1;
      this.waitsSinceMs = performance.now();
      if (this.sent === 0) this.#end(false);
    }
  }

  /** Returns the connection to the pool, which closes a broken connection. */
  #end(isBroken: boolean): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#onEnd();
    this.#client.then(
      (client) => client.release(isBroken),
      () => undefined, // There is no connection. The statements reject with the error.
    );
  }
}

async function connect(orm: MikroORM): Promise<PoolClient & PreparingClient> {
  const pool: Pool = await orm.driver.getConnection().getNativeClient();
  const client = await pool.connect();
  if (!(client instanceof PreparingClient)) throw new TypeError('Pipelined reads need a pool of PreparingClient');
  return client;
}
