import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** The last availability that inventory published for a SKU. A variant with the SKU may not exist yet. */
export const VariantStockEntity = defineEntity({
  name: 'VariantStock',
  tableName: 'variant_stock',
  properties: { ...tenantColumn, sku: p.text().primary(), available: p.bigint('number') },
});
