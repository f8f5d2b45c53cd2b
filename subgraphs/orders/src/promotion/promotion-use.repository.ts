import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { OrdersTransaction } from '../database.ts';

/** An order and the promotions that it uses. */
export interface PromotionUse {
  readonly orderId: string;
  readonly email: string;
  readonly promotionIds: readonly string[];
}

/**
 * Records that an order uses promotions. Concurrent orders that use the same limited promotion run one after the other.
 * @returns false when a promotion has no use left. The caller must then roll the transaction back.
 */
export async function claimUses(tx: OrdersTransaction, use: PromotionUse): Promise<boolean> {
  const { db, tenantId } = tx;
  const ids = use.promotionIds;
  if (ids.length === 0) return true;
  const buyerKey = buyerKeyOf(tenantId, use.email);
  // The rows are locked in the order of their ids, so concurrent checkouts do not deadlock. `for key share` waits for a transaction in
  // which staff change the limit, so the new limit applies.
  const { rows: counted } = await sql<{ within: boolean }>`
    with locked as (
      select id, usage_limit, usage_limit_per_buyer from promotion
       where tenant_id = ${tenantId}::uuid and id = any(${ids}::uuid[]) order by id for key share)
    insert into promotion_usage as usage (tenant_id, promotion_id, uses)
    select ${tenantId}::uuid, id, 1 from locked where usage_limit is not null or usage_limit_per_buyer is not null order by id
    on conflict (tenant_id, promotion_id) do update set uses = usage.uses + 1
    returning coalesce(usage.uses <= (select usage_limit from locked where id = usage.promotion_id), true) as within`.execute(
    db,
  );
  if (counted.some(({ within }) => !within)) return false;
  // This is a second statement, because its snapshot includes the uses that were committed while the first statement waited for locks.
  const { rows: inserted } = await sql<{ id: string }>`
    insert into promotion_use (tenant_id, promotion_id, order_id, buyer_key)
    select tenant_id, id, ${use.orderId}::uuid, ${buyerKey} from promotion
     where tenant_id = ${tenantId}::uuid and id = any(${ids}::uuid[])
       and (usage_limit_per_buyer is null or usage_limit_per_buyer > (
         select count(*) from promotion_use earlier
          where earlier.tenant_id = promotion.tenant_id and earlier.promotion_id = promotion.id
            and earlier.buyer_key = ${buyerKey}))
    returning promotion_id as id`.execute(db);
  return inserted.length === ids.length;
}

/** Deletes the uses of an order that was canceled or not placed, so other orders can use the promotions. */
export async function releaseUses({ db, tenantId }: OrdersTransaction, orderId: string): Promise<void> {
  // The counters are locked in the same order as in `claimUses`, so a claim and a release do not deadlock.
  await sql`
    with counters as (
      select usage.promotion_id from promotion_usage usage
        join promotion_use used on used.tenant_id = usage.tenant_id and used.promotion_id = usage.promotion_id
         and used.order_id = ${orderId}::uuid
       where usage.tenant_id = ${tenantId}::uuid order by usage.promotion_id for update of usage),
    released as (
      delete from promotion_use where tenant_id = ${tenantId}::uuid and order_id = ${orderId}::uuid
         and (select count(*) from counters) >= 0 returning promotion_id)
    update promotion_usage set uses = uses - 1
     where tenant_id = ${tenantId}::uuid and promotion_id in (select promotion_id from released)`.execute(db);
}

/** The uses of a promotion and the earlier orders of a buyer, which the limits of the promotion depend on. */
export async function findBuyerFacts(
  { db, tenantId }: OrdersTransaction,
  { promotionId, email }: { readonly promotionId: string; readonly email: string | null },
): Promise<{ readonly uses: number; readonly usesByBuyer: number; readonly hasOrdered: boolean }> {
  const buyerKey = email === null ? '' : buyerKeyOf(tenantId, email);
  const { rows } = await sql<{ uses: number; usesByBuyer: number; hasOrdered: boolean }>`
    select count(*)::integer as uses, count(*) filter (where buyer_key = ${buyerKey})::integer as "usesByBuyer",
           exists (select from sales_order where tenant_id = ${tenantId}::uuid and email_key = lower(${email ?? ''})
                      and canceled_at is null) as "hasOrdered"
      from promotion_use where tenant_id = ${tenantId}::uuid and promotion_id = ${promotionId}::uuid`.execute(db);
  return rows[0] ?? { uses: 0, usesByBuyer: 0, hasOrdered: false };
}

/** SHA-256 of the e-mail address, because the table must not hold personal data. Upper and lower case are equal. */
export function buyerKeyOf(tenantId: string, email: string): string {
  return createHash('sha256').update(`${tenantId} ${email.toLowerCase()}`).digest('base64url');
}
