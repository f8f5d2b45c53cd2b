import { createHash } from 'node:crypto';
import { LockMode } from '@mikro-orm/postgresql';
import { ok, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { fixedStatement, keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead, OrdersTransaction } from '../database.ts';
import { PromotionEntity } from './promotion.entity.ts';
import type { CandidatePromotion, PromotionSettings, StoredPromotion } from './promotion.ts';

/** The highest number of active promotions without a code. Each of them is read with every cart. */
export const MAX_AUTOMATIC_PROMOTIONS = 100;

type PromotionRow = Selectable<OrdersDatabase['promotion']>;

/** The cart whose promotions are read. */
interface Buyer {
  readonly discountCodes: readonly string[];
  readonly email: string | null;
}

// A cart without a code reads the index of promotions without a code.
const candidatesFor = fixedStatement<CandidatePromotion>(`
  select promotion.id, name, code, combinable, conditions, action,
         case when not active then 'INACTIVE'
              when starts_at > now() then 'NOT_STARTED'
              when ends_at <= now() then 'ENDED'
              when usage.uses >= usage_limit then 'USED_UP'
              when usage_limit_per_buyer <= (
                select count(*) from promotion_use
                 where promotion_use.tenant_id = promotion.tenant_id and promotion_use.promotion_id = promotion.id
                   and buyer_key = $3) then 'USED_BY_BUYER'
         end as obstacle
    from promotion
    left join promotion_usage usage on usage.tenant_id = promotion.tenant_id and usage.promotion_id = promotion.id
   where promotion.tenant_id = $1
     and (code is null and active and (starts_at is null or starts_at <= now()) and (ends_at is null or ends_at > now())
          or code = any($2::text[]))
   order by priority, promotion.id`);

/**
 * The promotions that may apply to a cart, in the order in which they apply: the active promotions without a code, and
 * the promotions of the cart's codes. An obstacle is computed with the clock of the database.
 */
export async function findCandidates(
  { db, tenantId }: OrdersRead,
  { discountCodes, email }: Buyer,
): Promise<readonly CandidatePromotion[]> {
  const buyerKey = email === null ? '' : buyerKeyOf(tenantId, email);
  return (await candidatesFor(db, tenantId, discountCodes, buyerKey)).rows;
}

/** A page of the tenant's promotions in the order in which they apply. */
export async function findPromotionPage(
  tx: OrdersTransaction,
  page: PageRequest,
): Promise<Result<KeysetPage<StoredPromotion>, Failure>> {
  const found = await keysetPage(promotionsQuery(tx), {
    sort: [{ by: 'promotion.priority', direction: 'asc' }],
    id: 'promotion.id',
    filter: null,
    page,
  });
  return found.ok ? ok(mapPage(found.value, promotionOf)) : found;
}

/** Finds a promotion. Null: unknown promotion. */
export async function findPromotion(tx: OrdersTransaction, id: string): Promise<StoredPromotion | null> {
  const row = await promotionsQuery(tx).where('promotion.id', '=', id).executeTakeFirst();
  return row ? promotionOf(row) : null;
}

/** Locks and returns the promotion. Null: unknown promotion. */
export function lockPromotion({ em, tenantId }: OrdersTransaction, id: string): Promise<PromotionEntity | null> {
  return em.findOne(PromotionEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Adds a promotion and returns its id. */
export async function insertPromotion(tx: OrdersTransaction, settings: PromotionSettings): Promise<string> {
  const { id } = tx.em.create(PromotionEntity, settings);
  await tx.em.flush();
  await countUses(tx, id);
  return id;
}

/** Saves a locked promotion. */
export async function savePromotion(
  tx: OrdersTransaction,
  promotion: PromotionEntity,
  settings: PromotionSettings,
): Promise<void> {
  Object.assign(promotion, settings);
  await tx.em.flush();
  await countUses(tx, promotion.id);
}

/** Deletes a locked promotion with the records of its uses. */
export async function deletePromotion({ db, tenantId }: OrdersTransaction, id: string): Promise<void> {
  await db.deleteFrom('promotion').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}

/** The number of active promotions without a code, `except` one. */
export async function countAutomatic({ db, tenantId }: OrdersTransaction, except: string | null): Promise<number> {
  const { count } = await db
    .selectFrom('promotion')
    .where('tenant_id', '=', tenantId)
    .where('code', 'is', null)
    .where('active', '=', true)
    .where(sql<boolean>`id is distinct from ${except}::uuid`)
    .select(sql<number>`count(*)::integer`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** The order that uses promotions. */
export interface PromotionUse {
  readonly orderId: string;
  readonly email: string;
  readonly promotionIds: readonly string[];
}

/**
 * Records that an order uses promotions. Orders that use the same promotion with a limit wait for each other.
 * @returns whether every promotion had a use left. False: roll back the transaction.
 */
export async function claimUses(tx: OrdersTransaction, use: PromotionUse): Promise<boolean> {
  const { db, tenantId } = tx;
  const ids = use.promotionIds;
  if (ids.length === 0) return true;
  const buyerKey = buyerKeyOf(tenantId, use.email);
  // Locks the counters in one order, so that two orders never deadlock.
  const { rows: counted } = await sql<{ within: boolean }>`
    insert into promotion_usage as usage (tenant_id, promotion_id, uses)
    select tenant_id, id, 1 from promotion
     where tenant_id = ${tenantId}::uuid and id = any(${ids}::uuid[])
       and (usage_limit is not null or usage_limit_per_buyer is not null)
     order by id
    on conflict (tenant_id, promotion_id) do update set uses = usage.uses + 1
    returning coalesce(usage.uses <= (select usage_limit from promotion p
      where p.tenant_id = usage.tenant_id and p.id = usage.promotion_id), true) as within`.execute(db);
  if (counted.some(({ within }) => !within)) return false;
  // A second statement: it sees the uses that were committed while the first one waited for the locks.
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

/** Gives back the uses of an order that will never be placed. */
export async function releaseUses({ db, tenantId }: OrdersTransaction, orderId: string): Promise<void> {
  await sql`
    with released as (
      delete from promotion_use where tenant_id = ${tenantId}::uuid and order_id = ${orderId}::uuid returning promotion_id)
    update promotion_usage set uses = uses - 1
     where tenant_id = ${tenantId}::uuid and promotion_id in (select promotion_id from released)`.execute(db);
}

/** Begins to count the uses of a promotion that has a limit. The counter starts with the recorded uses. */
async function countUses({ db, tenantId }: OrdersTransaction, id: string): Promise<void> {
  await sql`
    insert into promotion_usage (tenant_id, promotion_id, uses)
    select tenant_id, id, (select count(*) from promotion_use
                            where promotion_use.tenant_id = promotion.tenant_id and promotion_id = promotion.id)
      from promotion
     where tenant_id = ${tenantId}::uuid and id = ${id}::uuid
       and (usage_limit is not null or usage_limit_per_buyer is not null)
    on conflict do nothing`.execute(db);
}

/** A digest, so that the table holds no e-mail address. Addresses that differ in case are one buyer. */
function buyerKeyOf(tenantId: string, email: string): string {
  return createHash('sha256').update(`${tenantId} ${email.toLowerCase()}`).digest('base64url');
}

function promotionsQuery({ db, tenantId }: OrdersTransaction) {
  return db
    .selectFrom('promotion')
    .leftJoin('promotion_usage', (join) =>
      join
        .onRef('promotion_usage.tenant_id', '=', 'promotion.tenant_id')
        .onRef('promotion_usage.promotion_id', '=', 'promotion.id'),
    )
    .where('promotion.tenant_id', '=', tenantId)
    .selectAll('promotion')
    .select('promotion_usage.uses');
}

function promotionOf(row: PromotionRow & { readonly uses: number | null }): StoredPromotion {
  const isLimited = row.usage_limit !== null || row.usage_limit_per_buyer !== null;
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    name: row.name,
    code: row.code,
    active: row.active,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    priority: row.priority,
    combinable: row.combinable,
    conditions: row.conditions,
    action: row.action,
    usageLimit: row.usage_limit,
    usageLimitPerBuyer: row.usage_limit_per_buyer,
    uses: isLimited ? (row.uses ?? 0) : null,
  };
}
