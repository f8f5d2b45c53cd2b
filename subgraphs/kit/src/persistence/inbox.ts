import { sql } from 'kysely';
import type { Transaction } from './transaction.ts';

/** An event on its way to one consumer. */
export interface Delivery {
  readonly eventId: string;
  readonly consumer: string;
}

/**
 * Handles an event at most once per consumer, although it is delivered at least once: the event's id is recorded in
 * the transaction of the effect, so both happen or neither.
 *
 * @returns whether this call handled it; `false` when it had been handled before.
 */
export async function handleOnce<Schema>(
  tx: Transaction<Schema>,
  { eventId, consumer }: Delivery,
  effect: () => Promise<void>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into inbox_event (consumer, event_id) values (${consumer}, ${eventId}::uuid)
    on conflict do nothing returning event_id`.execute(tx.db);
  if (rows.length === 0) return false;
  await effect();
  return true;
}
