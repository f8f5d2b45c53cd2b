import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** The tax rate of a country. See `migrations/0001_carts.sql`. Only releases before `0007_taxes.sql` read the table. */
export const TaxRateEntity = defineEntity({
  name: 'TaxRate',
  tableName: 'tax_rate',
  properties: {
    ...tenantColumn,
    countryCode: p.text().primary(),
    basisPoints: p.integer(),
  },
});
