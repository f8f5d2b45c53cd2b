import type { Transaction } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogDatabase } from '../database.ts';
import { refreshInStock } from '../product/product-derived.rows.ts';

/** How many units of a SKU can be bought. */
export interface Available {
  readonly sku: string;
  readonly available: number;
}

/** Of several notices of one SKU, in order, the last one counts. */
export function newestPerSku(levels: readonly Available[]): Available[] {
  return [...new Map(levels.map((level) => [level.sku, level])).values()];
}

/**
 * Notes what is available of some SKUs, each named once, and what that means for their products. For the filter `inStock` alone: what
 * a variant shows comes from inventory itself.
 */
export async function recordAvailability(
  tx: Transaction<CatalogDatabase>,
  levels: readonly Available[],
): Promise<void> {
  await sql`
    insert into variant_stock (sku, available)
    select * from unnest(${levels.map(({ sku }) => sku)}::text[], ${levels.map(({ available }) => available)}::bigint[])
    on conflict (tenant_id, sku) do update set available = excluded.available`.execute(tx.db);
  await refreshInStock(
    tx,
    levels.map(({ sku }) => sku),
  );
}
