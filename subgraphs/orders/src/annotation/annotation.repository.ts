import { sql } from 'kysely';
import type { Remarks } from '../custom-attribute/custom-attribute.ts';
import type { OrdersTransaction } from '../database.ts';

/** The buyer's note, the purchase order number and the attributes of an order. Null when the order is unknown. */
export async function findRemarks({ db, tenantId }: OrdersTransaction, orderId: string): Promise<Remarks | null> {
  const row = await db
    .selectFrom('sales_order')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', orderId)
    .select(['buyer_note as buyerNote', 'purchase_order_number as purchaseOrderNumber', 'attributes'])
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Writes the buyer's note, the purchase order number and the attributes of an order, and the number of its history entries. The order must
 * be locked.
 */
export async function saveRemarks(
  { db, tenantId }: OrdersTransaction,
  orderId: string,
  { purchaseOrderNumber, attributes }: Remarks,
  historyLength: number,
): Promise<void> {
  await db
    .updateTable('sales_order')
    .set({
      purchase_order_number: purchaseOrderNumber,
      attributes: sql`${JSON.stringify(attributes)}::jsonb`,
      history_length: historyLength,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', orderId)
    .execute();
}

/** Replaces the tags of an order, which must be locked. */
export async function saveTags({ db, tenantId }: OrdersTransaction, orderId: string, tags: readonly string[]) {
  await db
    .deleteFrom('order_tag')
    .where('tenant_id', '=', tenantId)
    .where('order_id', '=', orderId)
    .where('tag', '<>', sql<string>`all(${tags}::text[])`)
    .execute();
  if (tags.length === 0) return;
  const rows = tags.map((tag) => ({ tenant_id: tenantId, order_id: orderId, tag }));
  await db
    .insertInto('order_tag')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Adds a note about an order. The caller creates its id. */
export async function insertNote(
  { db, tenantId }: OrdersTransaction,
  note: { readonly id: string; readonly orderId: string; readonly text: string },
): Promise<void> {
  await db
    .insertInto('order_note')
    .values({ tenant_id: tenantId, id: note.id, order_id: note.orderId, text: note.text })
    .execute();
}

/** @returns false when the note is unknown */
export async function deleteNote({ db, tenantId }: OrdersTransaction, id: string): Promise<boolean> {
  const [deleted] = await db.deleteFrom('order_note').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
  return deleted?.numDeletedRows === 1n;
}
