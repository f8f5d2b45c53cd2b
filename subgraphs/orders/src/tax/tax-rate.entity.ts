import { defineEntity, p } from '@mikro-orm/postgresql';

/** See `migrations/0001_carts.sql`. */
export const TaxRateEntity = defineEntity({
  name: 'TaxRate',
  tableName: 'tax_rate',
  properties: {
    tenantId: p.uuid(),
    countryCode: p.text().primary(),
    basisPoints: p.integer(),
  },
});
