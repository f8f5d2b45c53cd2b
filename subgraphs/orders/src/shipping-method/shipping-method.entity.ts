import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { ShippingTexts } from './shipping-method-settings.ts';
import type { ShippingPrice, ShippingStep, StepMeasure } from './shipping-rate.ts';

/** A shipping method. See `migrations/0001_carts.sql` and `migrations/0013_shipping_zones.sql`. */
export const ShippingMethodEntity = defineEntity({
  name: 'ShippingMethod',
  tableName: 'shipping_method',
  properties: {
    ...baseColumns,
    code: p.text(),
    name: p.text(),
    sortOrder: p.integer(),
    active: p.boolean(),
    description: p.text().nullable(),
    translations: p.json<Readonly<Record<string, ShippingTexts>>>().onCreate(() => ({})),
    minDeliveryDays: p.integer().nullable(),
    maxDeliveryDays: p.integer().nullable(),
    excludedProductIds: p.json<readonly string[]>().default([]),
    excludedCategoryIds: p.json<readonly string[]>().default([]),
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
    minWeightGrams: p.bigint('number').nullable(),
    maxWeightGrams: p.bigint('number').nullable(),
    stepsBy: p.text().$type<StepMeasure>().nullable(),
    steps: p.json<readonly ShippingStep[]>().default([]),
  },
});

/** The prices of a method in a zone. */
export const ShippingMethodZoneEntity = defineEntity({
  name: 'ShippingMethodZone',
  tableName: 'shipping_method_zone',
  properties: {
    ...tenantColumn,
    shippingMethodId: p.uuid().primary(),
    zoneId: p.uuid().primary(),
    prices: p.json<readonly ShippingPrice[]>(),
    minDeliveryDays: p.integer().nullable(),
    maxDeliveryDays: p.integer().nullable(),
  },
});
