import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';

/** A shipping method. See `migrations/0001_carts.sql`. */
export const ShippingMethodEntity = defineEntity({
  name: 'ShippingMethod',
  tableName: 'shipping_method',
  properties: {
    ...baseColumns,
    code: p.text(),
    name: p.text(),
    sortOrder: p.integer(),
    active: p.boolean(),
  },
});
export type ShippingMethodEntity = InferEntity<typeof ShippingMethodEntity>;

export const ShippingMethodCountryEntity = defineEntity({
  name: 'ShippingMethodCountry',
  tableName: 'shipping_method_country',
  properties: {
    ...tenantColumn,
    shippingMethodId: p.uuid().primary(),
    countryCode: p.text().primary(),
  },
});

export const ShippingMethodPriceEntity = defineEntity({
  name: 'ShippingMethodPrice',
  tableName: 'shipping_method_price',
  properties: {
    ...tenantColumn,
    shippingMethodId: p.uuid().primary(),
    currency: p.text().primary(),
    priceMinor: p.bigint('number'),
    freeFromMinor: p.bigint('number').nullable(),
    minSubtotalMinor: p.bigint('number').nullable(),
    maxSubtotalMinor: p.bigint('number').nullable(),
  },
});
