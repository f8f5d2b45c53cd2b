import { fixedStatement } from './fixed-statement.ts';
import type { Transaction } from './transaction.ts';

/** A batch of events for one consumer. */
export interface Delivery {
  readonly consumer: string;
  readonly eventIds: readonly string[];
}

const claimed = fixedStatement<{ event_id: string }>(`
  insert into inbox_event (consumer, event_id) select $1::text, unnest($2::uuid[])
  on conflict do nothing returning event_id`);

/**
 * Returns the events that the consumer has not handled before, because an event may be delivered more than once. The ids are recorded in
 * the transaction of the events' effect, so the ids and the effect are committed together.
 */
export async function claimUnhandled<Schema>(
  tx: Transaction<Schema>,
  { consumer, eventIds }: Delivery,
): Promise<ReadonlySet<string>> {
  const { rows } = await claimed(tx.db, consumer, eventIds);
  return new Set(rows.map(({ event_id }) => event_id));
}
