import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns } from '@souk/kit/persistence';

/** A warehouse. The columns are explained in `migrations/0001_stock.sql`. */
export const WarehouseEntity = defineEntity({
  name: 'Warehouse',
  tableName: 'warehouse',
  properties: {
    ...baseColumns,
    code: p.text(),
    name: p.text(),
    line1: p.text().nullable(),
    line2: p.text().nullable(),
    city: p.text().nullable(),
    region: p.text().nullable(),
    postalCode: p.text().nullable(),
    countryCode: p.text(),
    priority: p.integer(),
    active: p.boolean(),
  },
});
