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
    safetyStock: p.bigint('number'),
    lowStockThreshold: p.bigint('number').nullable(),
    backorderLimit: p.bigint('number'),
    /** Only the code in `backorder.repository.ts` changes this column. */
    backordered: p.bigint('number').default(0).lazy(),
    incomingQuantity: p.bigint('number'),
    expectedAt: p.datetime().nullable(),
  },
});
