import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { PromotionAction, PromotionConditions } from './promotion.ts';

/** A promotion. See `migrations/0004_promotions.sql`. */
export const PromotionEntity = defineEntity({
  name: 'Promotion',
  tableName: 'promotion',
  properties: {
    ...baseColumns,
    name: p.text(),
    code: p.text().nullable(),
    active: p.boolean(),
    startsAt: p.datetime().nullable(),
    endsAt: p.datetime().nullable(),
    priority: p.integer(),
    combinable: p.boolean(),
    conditions: p.json<PromotionConditions>(),
    action: p.json<PromotionAction>(),
    usageLimit: p.integer().nullable(),
    usageLimitPerBuyer: p.integer().nullable(),
  },
});
export type PromotionEntity = InferEntity<typeof PromotionEntity>;

/** The number of uses of a limited promotion. */
export const PromotionUsageEntity = defineEntity({
  name: 'PromotionUsage',
  tableName: 'promotion_usage',
  properties: {
    ...tenantColumn,
    promotionId: p.uuid().primary(),
    uses: p.integer(),
  },
});

/** A use of a promotion by an order. */
export const PromotionUseEntity = defineEntity({
  name: 'PromotionUse',
  tableName: 'promotion_use',
  properties: {
    ...tenantColumn,
    promotionId: p.uuid().primary(),
    orderId: p.uuid().primary(),
    buyerKey: p.text(),
  },
});
