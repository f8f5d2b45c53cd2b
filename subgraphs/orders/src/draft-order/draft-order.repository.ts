import type { PageRequest } from '@souk/kit/domain';
import { keysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead, OrdersTransaction } from '../database.ts';
import type { DraftOrderStatus } from './draft-order.ts';

/** A row of the table `draft_order`. */
export type DraftOrderRecord = Selectable<OrdersDatabase['draft_order']>;

/** The filter of a list of draft orders. An absent field does not filter. */
export interface DraftOrderFilter {
  readonly status?: DraftOrderStatus | null;
}

/** A page of draft orders, the newest first. */
export function findDraftPage({ db, tenantId }: OrdersTransaction, filter: DraftOrderFilter, page: PageRequest) {
  let query = db.selectFrom('draft_order').where('draft_order.tenant_id', '=', tenantId).selectAll('draft_order');
  if (filter.status) query = query.where('draft_order.status', '=', filter.status);
  const sort = [{ by: 'draft_order.created_at', direction: 'desc' } as const];
  return keysetPage(query, { sort, id: 'draft_order.id', filter, page });
}

/** Null when the draft order is unknown. */
export async function findDraft({ db, tenantId }: OrdersRead, id: string): Promise<DraftOrderRecord | null> {
  const query = db.selectFrom('draft_order').where('tenant_id', '=', tenantId).where('id', '=', id).selectAll();
  return (await query.executeTakeFirst()) ?? null;
}

/** Adds a draft order. Its cart must already be stored. */
export async function insertDraft(
  { db, tenantId }: OrdersTransaction,
  draft: { readonly id: string; readonly cartId: string; readonly expiresAt: Date },
): Promise<void> {
  await db
    .insertInto('draft_order')
    .values({
      tenant_id: tenantId,
      id: draft.id,
      cart_id: draft.cartId,
      status: 'DRAFT',
      expires_at: draft.expiresAt,
    })
    .execute();
}

/** Writes the expiry of a draft order, and the actor as its last editor. The draft's cart must be locked. */
export async function saveExpiry({ db, tenantId }: OrdersTransaction, id: string, expiresAt: Date): Promise<void> {
  await db
    .updateTable('draft_order')
    .set({ expires_at: expiresAt })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

export async function deleteDraft({ db, tenantId }: OrdersTransaction, id: string): Promise<void> {
  await db.deleteFrom('draft_order').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}

/** Locks the carts of draft orders. Their checkouts cannot begin until the transaction ends. */
export async function lockCartsOfDrafts({ db, tenantId }: OrdersTransaction, ids: readonly string[]): Promise<void> {
  await sql`
    select from cart where tenant_id = ${tenantId}::uuid
       and id in (select cart_id from draft_order where tenant_id = ${tenantId}::uuid and id = any(${ids}::uuid[]))
     order by id for update`.execute(db);
}

/**
 * Expires the draft orders that are due and not being ordered. Their carts must be locked.
 * @returns the ids of the expired drafts and of their carts
 */
export async function expireDrafts(
  { db, tenantId }: OrdersTransaction,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly cartId: string }[]> {
  const { rows } = await sql<{ id: string; cartId: string }>`
    update draft_order set status = 'EXPIRED'
     where tenant_id = ${tenantId}::uuid and id = any(${ids}::uuid[]) and status = 'DRAFT' and expires_at < now()
       and not exists (select from checkout
                        where checkout.tenant_id = draft_order.tenant_id and checkout.cart_id = draft_order.cart_id
                          and checkout.state not in ('COMPLETED', 'UNDONE'))
     returning id, cart_id as "cartId"`.execute(db);
  return rows;
}
