import type { PageRequest } from '@souk/kit/domain';
import { keysetPage } from '@souk/kit/persistence';
import type { InventoryTransaction } from '../database.ts';
import type { PageResult } from '../warehouse/warehouse.repository.ts';
import type { StockItem, StockMode } from './stock-item.ts';

/** A filter of stock items. A missing field does not restrict the result. */
export interface StockItemFilter {
  readonly sku?: string | null | undefined;
  readonly mode?: StockMode | null | undefined;
}

const COLUMNS = [
  'id',
  'sku',
  'mode',
  'cart_hold_seconds as cartHoldSeconds',
  'safety_stock as safetyStock',
  'low_stock_threshold as lowStockThreshold',
  'backorder_limit as backorderLimit',
  'backordered',
  'incoming_quantity as incomingQuantity',
  'expected_at as expectedAt',
  'version',
  'created_at as createdAt',
  'created_by as createdBy',
  'updated_at as updatedAt',
  'updated_by as updatedBy',
] as const;

/** A page of stock items, sorted by SKU. */
export function stockItemPage(
  tx: InventoryTransaction,
  { sku, mode }: StockItemFilter,
  page: PageRequest,
): Promise<PageResult<StockItem>> {
  let query = tx.db.selectFrom('stock_item').select(COLUMNS).where('tenant_id', '=', tx.tenantId);
  if (typeof sku === 'string') query = query.where('sku', '=', sku);
  if (typeof mode === 'string') query = query.where('mode', '=', mode);
  return keysetPage(query, {
    sort: [{ by: 'stock_item.sku', direction: 'asc' }],
    id: 'stock_item.id',
    filter: [sku ?? null, mode ?? null],
    page,
  });
}

/** The stock items of SKUs. A SKU with the defaults may have none. */
export function stockItemsOfSkus(tx: InventoryTransaction, skus: readonly string[]): Promise<StockItem[]> {
  return tx.db
    .selectFrom('stock_item')
    .select(COLUMNS)
    .where('tenant_id', '=', tx.tenantId)
    .where('sku', 'in', [...skus])
    .execute();
}

/** A stock item. Null when there is none with this id. */
export async function stockItemById(tx: InventoryTransaction, id: string): Promise<StockItem | null> {
  const query = tx.db.selectFrom('stock_item').select(COLUMNS).where('tenant_id', '=', tx.tenantId);
  return (await query.where('id', '=', id).executeTakeFirst()) ?? null;
}
