import { LockMode } from '@mikro-orm/postgresql';
import { customerIdOf, groupsOf } from '@souk/kit/context';
import { ok, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { fixedStatement, keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead, OrdersTransaction } from '../database.ts';
import { buyerKeyOf } from './promotion-use.repository.ts';
import { PromotionEntity } from './promotion.entity.ts';
import type { CandidatePromotion, PromotionSettings, StoredPromotion } from './promotion.ts';

/** The maximum number of active promotions without a code. All of them are read whenever a cart is priced. */
export const MAX_AUTOMATIC_PROMOTIONS = 100;

type PromotionRow = Selectable<OrdersDatabase['promotion']>;

/** The buyer and the time for which promotions are read. */
export interface PromotionAudience {
  readonly discountCodes: readonly string[];
  readonly email: string | null;
  /** The sales channel of the cart. Null: none. */
  readonly channelId: string | null;
  /** The ids of the buyer's customer groups. @default the groups of the caller */
  readonly customerGroupIds?: readonly string[] | null;
  /** @default now, by the clock of the database */
  readonly at?: Date | null;
}

// The condition `code is null and active` matches the partial index of promotions without a code.
const candidatesFor = fixedStatement<CandidatePromotion>(`
  select promotion.id, name, code, priority, combinable, conditions, action,
         case when not active then 'INACTIVE'
              when starts_at > moment.at then 'NOT_STARTED'
              when ends_at <= moment.at then 'ENDED'
              when usage.uses >= usage_limit then 'USED_UP'
              when jsonb_array_length(conditions -> 'customerGroupIds') > 0
                   and not conditions -> 'customerGroupIds' ?| $4::text[] then 'OTHER_GROUP'
              when jsonb_array_length(conditions -> 'channelIds') > 0
                   and (conditions -> 'channelIds' ? $8::text) is not true then 'OTHER_CHANNEL'
              when (conditions -> 'firstOrderOnly')::boolean and (
                exists (select from sales_order placed where placed.tenant_id = promotion.tenant_id
                           and email_key = lower($5) and canceled_at is null)
                or exists (select from sales_order placed where placed.tenant_id = promotion.tenant_id
                              and customer_id = $7 and canceled_at is null)) then 'NOT_FIRST_ORDER'
              when usage_limit_per_buyer <= (
                select count(*) from promotion_use
                 where promotion_use.tenant_id = promotion.tenant_id and promotion_use.promotion_id = promotion.id
                   and buyer_key = $3) then 'USED_BY_BUYER'
         end as obstacle
    from promotion
    cross join (select coalesce($6::timestamptz, now()) as at) moment
    left join promotion_usage usage on usage.tenant_id = promotion.tenant_id and usage.promotion_id = promotion.id
   where promotion.tenant_id = $1
     and (code is null and active and (starts_at is null or starts_at <= moment.at) and (ends_at is null or ends_at > moment.at)
          or code = any($2::text[]))
   order by priority, promotion.id`);

/**
 * The promotions that may apply to a cart, in the order in which they apply: active promotions without a code, and promotions with one of
 * the cart's codes. The database computes why a promotion cannot apply (`obstacle`), with its own clock.
 */
export async function findCandidates(
  { db, tenantId, ctx }: OrdersRead,
  { discountCodes, email, channelId, customerGroupIds, at }: PromotionAudience,
): Promise<readonly CandidatePromotion[]> {
  const buyerKey = email === null ? '' : buyerKeyOf(tenantId, email);
  const groups = customerGroupIds ?? groupsOf(ctx);
  const values = [discountCodes, buyerKey, groups, email ?? '', at ?? null, customerIdOf(ctx), channelId];
  return (await candidatesFor(db, tenantId, ...values)).rows;
}

const giftsFor = fixedStatement<{ readonly promotionId: string; readonly variantId: string }>(`
  select id as "promotionId", action ->> 'variantId' as "variantId" from promotion
   where tenant_id = $1 and (code is null and active or code = any($2::text[])) and action ->> 'type' = 'GIFT'
   order by priority, id limit $3`);

/** The promotions that may add a gift to a cart with these discount codes, with the variants of the gifts. */
export async function findPossibleGifts(
  { db, tenantId }: OrdersRead,
  codes: readonly string[],
  limit: number,
): Promise<readonly { readonly promotionId: string; readonly variantId: string }[]> {
  return (await giftsFor(db, tenantId, codes, limit)).rows;
}

/** A page of the tenant's promotions, in the order in which they apply. */
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

/** Null when the promotion is unknown. */
export async function findPromotion(tx: OrdersTransaction, id: string): Promise<StoredPromotion | null> {
  const row = await promotionsQuery(tx).where('promotion.id', '=', id).executeTakeFirst();
  return row ? promotionOf(row) : null;
}

/** Locks and returns the promotion. Null when the promotion is unknown. */
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

/** Saves a locked promotion, and counts its uses when it has a limit. */
export async function savePromotion(
  tx: OrdersTransaction,
  promotion: PromotionEntity,
  settings: PromotionSettings,
): Promise<void> {
  Object.assign(promotion, settings);
  await tx.em.flush();
  await countUses(tx, promotion.id);
}

/** Deletes a locked promotion and the records of its uses. */
export async function deletePromotion({ db, tenantId }: OrdersTransaction, id: string): Promise<void> {
  await db.deleteFrom('promotion').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}

/** The number of active promotions without a code. The promotion `except` is not counted. */
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

/** Creates the use counter of a promotion that has a limit. It starts with the number of recorded uses. */
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
