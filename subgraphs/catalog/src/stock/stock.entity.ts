import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** The last availability that inventory published of a SKU. The SKU may have no variant yet. */
export const VariantStockEntity = defineEntity({
  name: 'VariantStock',
  tableName: 'variant_stock',
  properties: { ...tenantColumn, sku: p.text().primary(), available: p.bigint('number') },
});
