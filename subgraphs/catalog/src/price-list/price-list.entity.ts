import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, tenantColumn } from '@souk/kit/persistence';

/** A price list. The columns are explained in `migrations/0006_price_lists.sql`. */
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
    channelIds: p.json<readonly string[]>().default([]),
    countryCodes: p.json<readonly string[]>(),
    startsAt: p.datetime().nullable(),
    endsAt: p.datetime().nullable(),
    priority: p.integer(),
    active: p.boolean(),
    /** When null, the shop's setting applies. It never changes. */
    pricesIncludeTax: p.boolean().nullable(),
    /** The rank by which lists are ordered, computed by `PriceSelection.rankOf`. */
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
    /**
     * `currency` and `rank` are copied from the price list, because one index must find a price without reading the
     * price list.
     */
    currency: p.text(),
    rank: p.bigint('number'),
    includesTax: p.boolean().nullable(),
    /** The price of each unit, with six decimal places. */
    unitPrice: p.decimal('string').precision(20).scale(6),
    compareAtPrice: p.decimal('string').precision(20).scale(6).nullable(),
    /** The price in minor units, rounded half up. */
    amountMinor: p.bigint('number'),
  },
});
