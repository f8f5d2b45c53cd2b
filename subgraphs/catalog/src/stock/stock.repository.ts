import { eventOf } from '@souk/kit/contracts';
import { sql } from 'kysely';
import { ProductsStockTurned } from '../contract.ts';
import type { CatalogTransaction } from '../database.ts';
import { markForSearch } from '../search-pending.repository.ts';
import { refreshInStock } from '../product/product-derived.repository.ts';

/** The number of units of a SKU that can be bought. */
export interface Available {
  readonly sku: string;
  readonly available: number;
}

/** Keeps the last entry of each SKU. @param levels the entries in the order of their events */
export function newestPerSku(levels: readonly Available[]): Available[] {
  return [...new Map(levels.map((level) => [level.sku, level])).values()];
}

/**
 * Records the availability of SKUs, and updates the in-stock flag of their products. Only filters use the recorded
 * availability, because the subgraph inventory resolves the field `availability` of a variant.
 * @param levels one entry per SKU
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
