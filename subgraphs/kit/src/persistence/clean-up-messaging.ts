import { sql, type Kysely } from 'kysely';
import type { MikroORM } from '@mikro-orm/postgresql';

const BATCH_SIZE = 1000;

/** Number of rows that a clean-up removed. */
export interface CleanedUp {
  readonly idempotencyRecords: number;
  readonly inboxEvents: number;
  readonly commandSeals: number;
}

/**
 * Deletes the idempotency records older than 24 hours and the inbox rows older than 30 days of every tenant, and the expired seals of
 * commands. Works in batches, so it never locks many rows. Several processes may run it at the same time.
 */
export async function cleanUpMessaging(orm: MikroORM): Promise<CleanedUp> {
  const db: Kysely<unknown> = orm.em.getConnection().getClient();
  return {
    idempotencyRecords: await inBatches(db, 'delete_expired_idempotency_records'),
    inboxEvents: await inBatches(db, 'delete_old_inbox_events'),
    commandSeals: await inBatches(db, 'delete_expired_command_seals'),
  };
}

/** Calls a Postgres function that deletes one batch, until it returns 0. @returns the number of deleted rows */
export async function inBatches(db: Kysely<unknown>, functionName: string): Promise<number> {
  for (let total = 0; ;) {
    const { rows } = await sql<{ deleted: number }>`
      select ${sql.id(functionName)}(${BATCH_SIZE}::integer) as deleted`.execute(db);
    const deleted = rows[0]?.deleted ?? 0;
    total += deleted;
    if (deleted < BATCH_SIZE) return total;
  }
}
