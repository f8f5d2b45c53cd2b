import type { MikroORM } from '@mikro-orm/postgresql';
import type { Client } from 'pg';
import { inBatches } from './clean-up-messaging.ts';
import { requireIdentifier } from './schema-name.ts';

const BATCH_SIZE = 5000;
/** Default retention of published events, in minutes. */
const DEFAULT_MINUTES = 10;

/**
 * Sets how long a subgraph keeps the events that it has published.
 * @param admin connection of an administrator
 * @param minutes 0 keeps no events. Null keeps the current setting, which is 10 minutes at first.
 */
export async function keepPublishedEvents(admin: Client, schema: string, minutes: number | null): Promise<void> {
  await admin.query(
    `update ${requireIdentifier(schema)}.published_retention
        set keep_for = coalesce(make_interval(mins => $1::integer), keep_for, make_interval(mins => $2::integer))`,
    [minutes, DEFAULT_MINUTES],
  );
}

/**
 * Moves the kept events of a subgraph back to its outbox, from which its relay publishes them again in order. Call this function while the
 * stream does not exist, because a newer event could otherwise be published before the kept events. Consumers skip the events that they
 * have already handled.
 * @param admin connection of an administrator
 * @returns the number of events
 */
export async function publishAgain(admin: Client, schema: string): Promise<number> {
  const statement = `select ${requireIdentifier(schema)}.publish_again(${BATCH_SIZE})::float8 as returned`;
  for (let total = 0; ;) {
    const { rows } = await admin.query<{ returned: number }>(statement);
    const returned = rows[0]?.returned ?? 0;
    total += returned;
    if (returned < BATCH_SIZE) return total;
  }
}

/** Deletes the published events whose retention is over. Meant for a job every minute. Several processes may run it at the same time. */
export function forgetPublishedEvents(orm: MikroORM): Promise<number> {
  return inBatches(orm.em.getConnection().getClient(), 'delete_old_published_events');
}
