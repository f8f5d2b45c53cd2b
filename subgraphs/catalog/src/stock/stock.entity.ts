import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** The last availability of a SKU that inventory published. The catalog may not have a variant with this SKU yet. */
export const VariantStockEntity = defineEntity({
  name: 'VariantStock',
  tableName: 'variant_stock',
  properties: { ...tenantColumn, sku: p.text().primary(), available: p.bigint('number') },
});
