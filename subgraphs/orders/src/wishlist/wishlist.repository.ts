import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { OrdersRead, OrdersTransaction } from '../database.ts';
import { WISHLIST_LIMITS } from './wishlist.policy.ts';
import type { Wishlist } from './wishlist.ts';

/** The wishlists of a customer, the oldest first, with their items. Two statements. */
export async function findWishlists({ db, tenantId }: OrdersRead, customerId: string): Promise<Wishlist[]> {
  const lists = await db
    .selectFrom('wishlist')
    .where('tenant_id', '=', tenantId)
    .where('customer_id', '=', customerId)
    .select(['id', 'name', 'is_default as isDefault', 'version', 'created_at as createdAt', 'created_by as createdBy'])
    .select(['updated_at as updatedAt', 'updated_by as updatedBy'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(WISHLIST_LIMITS.lists)
    .execute();
  if (lists.length === 0) return [];
  const items = await db
    .selectFrom('wishlist_item')
    .where('tenant_id', '=', tenantId)
    .where(
      'wishlist_id',
      'in',
      lists.map(({ id }) => id),
    )
    .select(['id', 'wishlist_id', 'variant_id as variantId', 'added_at as addedAt'])
    .orderBy('added_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const byList = Map.groupBy(items, ({ wishlist_id }) => wishlist_id);
  return lists.map((list) => ({ ...list, items: byList.get(list.id) ?? [] }));
}

/** Serializes the changes of a customer's wishlists, so concurrent changes respect the maximum and the one default. */
export async function lockWishlists({ db, tenantId }: OrdersTransaction, customerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`wishlist:${tenantId}:${customerId}`}, 0))`.execute(db);
}

/** Adds a list. @returns its id */
export async function insertWishlist(
  { db }: OrdersTransaction,
  list: { readonly customerId: string; readonly name: string; readonly isDefault: boolean },
): Promise<string> {
  const id = randomUUID();
  const { customerId, name, isDefault } = list;
  await db
    .insertInto('wishlist')
    .values({ id, customer_id: customerId, name, is_default: isDefault, version: 1 })
    .execute();
  return id;
}

export async function renameWishlist({ db, tenantId }: OrdersTransaction, id: string, name: string): Promise<void> {
  await db.updateTable('wishlist').set({ name }).where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}

/** Makes a list the default of its customer. The former default loses the mark first, because a unique index allows one. */
export async function makeDefault(tx: OrdersTransaction, customerId: string, id: string): Promise<void> {
  const { db, tenantId } = tx;
  const own = db.updateTable('wishlist').where('tenant_id', '=', tenantId).where('customer_id', '=', customerId);
  await own.set({ is_default: false }).where('is_default', '=', true).where('id', '!=', id).execute();
  await own.set({ is_default: true }).where('is_default', '=', false).where('id', '=', id).execute();
}

export async function deleteWishlist({ db, tenantId }: OrdersTransaction, id: string): Promise<void> {
  await db.deleteFrom('wishlist').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}

/** Adds a variant to a list. A variant that the list has stays where it is. */
export async function insertItem(
  { db }: OrdersTransaction,
  item: { readonly wishlistId: string; readonly variantId: string; readonly addedAt: Date },
): Promise<void> {
  await db
    .insertInto('wishlist_item')
    .values({ id: randomUUID(), wishlist_id: item.wishlistId, variant_id: item.variantId, added_at: item.addedAt })
    .onConflict((conflict) => conflict.constraint('wishlist_item_once').doNothing())
    .execute();
}

export async function deleteItem({ db, tenantId }: OrdersTransaction, id: string): Promise<void> {
  await db.deleteFrom('wishlist_item').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}
