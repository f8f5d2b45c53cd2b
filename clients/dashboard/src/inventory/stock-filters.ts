import type { StockFilterInput } from '@souk/sdk';

/** The filters of the inventory. The address holds them. */
export interface StockFilters {
  readonly tab: 'levels' | 'movements';
  readonly sku: string;
  /** The id of a warehouse. An empty text stands for all warehouses. */
  readonly warehouseId: string;
  /** Whether the list is limited to levels with few available units. */
  readonly low: boolean;
}

/** Reads filters from the query of an address. */
export function readStockFilters(search: string): StockFilters {
  const params = new URLSearchParams(search);
  return {
    tab: params.get('tab') === 'movements' ? 'movements' : 'levels',
    sku: params.get('sku') ?? '',
    warehouseId: params.get('warehouse') ?? '',
    low: params.get('low') === 'true',
  };
}

/** The query of an address, without defaults. */
export function writeStockFilters({ tab, sku, warehouseId, low }: StockFilters): string {
  const params = new URLSearchParams();
  if (tab !== 'levels') params.set('tab', tab);
  if (sku !== '') params.set('sku', sku);
  if (warehouseId !== '') params.set('warehouse', warehouseId);
  if (low) params.set('low', 'true');
  return params.toString();
}

/** The API's filter. */
export function stockFilterInput({ sku, warehouseId }: StockFilters): StockFilterInput {
  return { ...(sku.trim() !== '' && { sku: sku.trim() }), ...(warehouseId !== '' && { warehouseId }) };
}
