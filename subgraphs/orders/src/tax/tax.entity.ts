import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns } from '@souk/kit/persistence';
import type { CategoryTreatment, TaxRate, TaxRounding } from './tax.ts';

/** The tax settings of a tenant. See `migrations/0007_taxes.sql`. */
export const TaxSettingsEntity = defineEntity({
  name: 'TaxSettings',
  tableName: 'tax_settings',
  properties: {
    ...baseColumns,
    pricesIncludeTax: p.boolean(),
    rounding: p.text().$type<TaxRounding>(),
    sellerCountryCode: p.text().nullable(),
  },
});
export type TaxSettingsEntity = InferEntity<typeof TaxSettingsEntity>;

/** A tax category of a tenant. The built-in categories are not stored. */
export const TaxCategoryEntity = defineEntity({
  name: 'TaxCategory',
  tableName: 'tax_category',
  properties: {
    ...baseColumns,
    code: p.text(),
    name: p.text(),
    treatment: p.text().$type<CategoryTreatment>(),
  },
});
export type TaxCategoryEntity = InferEntity<typeof TaxCategoryEntity>;

/** A tax zone with its rates. */
export const TaxZoneEntity = defineEntity({
  name: 'TaxZone',
  tableName: 'tax_zone',
  properties: {
    ...baseColumns,
    name: p.text(),
    countryCode: p.text(),
    region: p.text().nullable(),
    postalPattern: p.text().nullable(),
    rates: p.json<readonly TaxRate[]>(),
  },
});
export type TaxZoneEntity = InferEntity<typeof TaxZoneEntity>;
