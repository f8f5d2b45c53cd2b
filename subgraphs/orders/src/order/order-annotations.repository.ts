import type { Selectable } from 'kysely';
import type { OrdersDatabase, OrdersTransaction } from '../database.ts';

export type OrderNoteRecord = Selectable<OrdersDatabase['order_note']>;

/** The sorted tags of orders, grouped by order id. */
export async function findTags(
  { db, tenantId }: OrdersTransaction,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('order_tag')
    .where('tenant_id', '=', tenantId)
    .where('order_id', 'in', orderIds)
    .select(['order_id', 'tag'])
    .orderBy('order_id')
    .orderBy('tag')
    .execute();
  const byOrder = Map.groupBy(rows, ({ order_id }) => order_id);
  return new Map([...byOrder].map(([id, tagged]) => [id, tagged.map(({ tag }) => tag)]));
}

/** The notes about orders, the newest first, grouped by order id. */
export async function findNotes(
  { db, tenantId }: OrdersTransaction,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OrderNoteRecord[]>> {
  const rows = await db
    .selectFrom('order_note')
    .where('tenant_id', '=', tenantId)
    .where('order_id', 'in', orderIds)
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return Map.groupBy(rows, ({ order_id }) => order_id);
}
