import type { StockFilterInput } from '@souk/sdk';

/** The filters of the inventory page, which are in the query string of its URL. */
export interface StockFilters {
  readonly tab: 'levels' | 'movements';
  readonly sku: string;
  /** The id of a warehouse. Empty for all warehouses. */
  readonly warehouseId: string;
  /** Whether the list shows only levels with few available units. */
  readonly low: boolean;
}

/** Parses the filters from the query string of a URL. */
export function readStockFilters(search: string): StockFilters {
  const params = new URLSearchParams(search);
  return {
    tab: params.get('tab') === 'movements' ? 'movements' : 'levels',
    sku: params.get('sku') ?? '',
    warehouseId: params.get('warehouse') ?? '',
    low: params.get('low') === 'true',
  };
}

/** The filters as a query string, without the default values. */
export function writeStockFilters({ tab, sku, warehouseId, low }: StockFilters): string {
  const params = new URLSearchParams();
  if (tab !== 'levels') params.set('tab', tab);
  if (sku !== '') params.set('sku', sku);
  if (warehouseId !== '') params.set('warehouse', warehouseId);
  if (low) params.set('low', 'true');
  return params.toString();
}

/** The filters as the API's input. */
export function stockFilterInput({ sku, warehouseId }: StockFilters): StockFilterInput {
  return { ...(sku.trim() !== '' && { sku: sku.trim() }), ...(warehouseId !== '' && { warehouseId }) };
}
