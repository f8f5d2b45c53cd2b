import type { MikroORM } from '@mikro-orm/postgresql';

/** The connections of a pool. */
export interface PoolCounts {
  readonly inUse: number;
  readonly idle: number;
  /** The number of transactions and reads that wait for a connection. */
  readonly waiting: number;
  readonly most: number;
}

/** Counts the connections of the pool that an ORM and its Kysely use. */
export async function poolCounts(orm: MikroORM): Promise<PoolCounts> {
  const { totalCount, idleCount, waitingCount, options } = await orm.driver.getConnection().getNativeClient();
  return { inUse: totalCount - idleCount, idle: idleCount, waiting: waitingCount, most: options.max };
}
