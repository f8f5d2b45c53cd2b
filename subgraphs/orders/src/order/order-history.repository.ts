import { randomUUID } from 'node:crypto';
import { fixedStatement } from '@souk/kit/persistence';
import type { OrdersTransaction } from '../database.ts';
import type { HistoryEntry, Order, RecordedEntry } from './order.ts';

const appended = fixedStatement(`
  insert into order_event (tenant_id, order_id, id, position, type, at, message)
  select $1::uuid, $2::uuid, entry.* from jsonb_to_recordset($3::jsonb)
      as entry (id uuid, position integer, type text, at timestamptz, message text)`);

/** Appends entries to the history of an order. The order must be locked. `length` is the current number of entries. */
export function writeHistory(
  tx: OrdersTransaction,
  order: Pick<Order, 'id'>,
  length: number,
  entries: readonly HistoryEntry[],
): readonly RecordedEntry[] {
  if (entries.length === 0) return [];
  const recorded = entries.map((each) => ({ id: randomUUID(), ...each }));
  const rows = recorded.map((each, index) => ({ ...each, position: length + index + 1 }));
  tx.write(appended(tx.db, tx.tenantId, order.id, JSON.stringify(rows)));
  return recorded;
}
