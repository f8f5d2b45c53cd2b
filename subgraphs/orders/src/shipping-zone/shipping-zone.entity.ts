import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { ShippingArea } from './shipping-zone.ts';

/** A shipping zone. See `migrations/0013_shipping_zones.sql`. */
export const ShippingZoneEntity = defineEntity({
  name: 'ShippingZone',
  tableName: 'shipping_zone',
  properties: {
    ...baseColumns,
    code: p.text(),
    name: p.text(),
    areas: p.json<readonly ShippingArea[]>(),
  },
});
export type ShippingZoneEntity = InferEntity<typeof ShippingZoneEntity>;

/** One area or postal pattern of a zone, in a form that SQL compares with addresses. See `placesOf`. */
export const ShippingZonePlaceEntity = defineEntity({
  name: 'ShippingZonePlace',
  tableName: 'shipping_zone_place',
  properties: {
    ...tenantColumn,
    zoneId: p.uuid().primary(),
    position: p.integer().primary(),
    countryCode: p.text(),
    region: p.text().nullable(),
    postalLike: p.text().nullable(),
    postalFrom: p.text().nullable(),
    postalTo: p.text().nullable(),
    specificity: p.integer(),
  },
});
