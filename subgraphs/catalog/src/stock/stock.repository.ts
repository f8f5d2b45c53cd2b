import { eventOf } from '@souk/kit/contracts';
import { sql } from 'kysely';
import { ProductsStockTurned } from '../contract.ts';
import type { CatalogTransaction } from '../database.ts';
import { markForSearch } from '../search/search-pending.repository.ts';
import { refreshInStock } from '../product/product-derived.repository.ts';

/** Number of units of a SKU that can be bought. */
export interface Available {
  readonly sku: string;
  readonly available: number;
}

/** Keeps the last level of each SKU. The levels must be in order. */
export function newestPerSku(levels: readonly Available[]): Available[] {
  return [...new Map(levels.map((level) => [level.sku, level])).values()];
}

/**
 * Records the availability of SKUs, and updates their products. Each SKU must be given once. Only the filter `inStock` uses the record,
 * because inventory itself resolves the availability of a variant.
 */
export async function recordAvailability(tx: CatalogTransaction, levels: readonly Available[]): Promise<void> {
  await sql`
    insert into variant_stock (sku, available)
    select * from unnest(${levels.map(({ sku }) => sku)}::text[], ${levels.map(({ available }) => available)}::bigint[])
    on conflict (tenant_id, sku) do update set available = excluded.available`.execute(tx.db);
  const productIds = await refreshInStock(
    tx,
    levels.map(({ sku }) => sku),
  );
  await markForSearch(tx, productIds);
  if (productIds.length > 0)
    tx.outbox.append(eventOf(ProductsStockTurned, tx.tenantId, { productIds: [...productIds] }));
}
