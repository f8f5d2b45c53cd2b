import { randomUUID } from 'node:crypto';
import type { OrdersTransaction } from '../database.ts';
import type { HistoryEntry, Order, RecordedEntry } from './order.ts';

/** Appends entries to the history of an order. The order's row must be locked. `length` is the present number of entries. */
export async function writeHistory(
  { db, tenantId }: OrdersTransaction,
  order: Pick<Order, 'id'>,
  length: number,
  entries: readonly HistoryEntry[],
): Promise<readonly RecordedEntry[]> {
  if (entries.length === 0) return [];
  const recorded = entries.map((each) => ({ id: randomUUID(), ...each }));
  const rows = recorded.map(({ id, type, at, message }, index) => ({
    tenant_id: tenantId,
    id,
    order_id: order.id,
    position: length + index + 1,
    type,
    at,
    message,
  }));
  await db.insertInto('order_event').values(rows).execute();
  return recorded;
}
