import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, tenantColumn } from '@souk/kit/persistence';

/** See `migrations/0006_price_lists.sql`. */
export const PriceListEntity = defineEntity({
  name: 'PriceList',
  tableName: 'price_list',
  properties: {
    ...baseColumns,
    code: p.text(),
    name: p.text(),
    currency: p.text(),
    groupIds: p.json<readonly string[]>(),
    companyIds: p.json<readonly string[]>().default([]),
    countryCodes: p.json<readonly string[]>(),
    startsAt: p.datetime().nullable(),
    endsAt: p.datetime().nullable(),
    priority: p.integer(),
    active: p.boolean(),
    /** Null: as the shop's prices do. It never changes. */
    pricesIncludeTax: p.boolean().nullable(),
    /** The place among all lists, by `PriceSelection.rankOf`. */
    rank: p.bigint('number'),
  },
  filters: notDeleted,
});
export type PriceListEntity = InferEntity<typeof PriceListEntity>;

export const PriceListPriceEntity = defineEntity({
  name: 'PriceListPrice',
  tableName: 'price_list_price',
  properties: {
    ...tenantColumn,
    priceListId: p.uuid().primary(),
    variantId: p.uuid().primary(),
    fromQuantity: p.integer().primary(),
    /** Copies of the list's columns. */
    currency: p.text(),
    rank: p.bigint('number'),
    includesTax: p.boolean().nullable(),
    /** The price of one unit, with six decimal places. */
    unitPrice: p.decimal('string').precision(20).scale(6),
    compareAtPrice: p.decimal('string').precision(20).scale(6).nullable(),
    /** The price in minor units, rounded half up. */
    amountMinor: p.bigint('number'),
  },
});
