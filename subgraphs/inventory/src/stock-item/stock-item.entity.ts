import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns } from '@souk/kit/persistence';
import type { StockMode } from './stock-item.ts';

/** How a SKU is sold. A SKU without a row has the defaults. */
export const StockItemEntity = defineEntity({
  name: 'StockItem',
  tableName: 'stock_item',
  properties: {
    ...baseColumns,
    sku: p.text(),
    mode: p.text().$type<StockMode>(),
    cartHoldSeconds: p.integer(),
  },
});
