import { requireScope, type RequestContext } from '@souk/kit/context';
import type { Transaction, UnitOfWork } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogDatabase } from '../database.ts';
import { refreshInStock } from '../product/product-derived.rows.ts';

/** How many units of a SKU can be bought. */
export interface Available {
  readonly sku: string;
  readonly available: number;
}

const CHUNK = 5_000;

/** Keeps a copy of what inventory says, for the filter `inStock` alone: what a variant shows comes from inventory itself. */
export class StockService {
  readonly #unitOfWork: UnitOfWork<CatalogDatabase>;

  constructor(unitOfWork: UnitOfWork<CatalogDatabase>) {
    this.#unitOfWork = unitOfWork;
  }

  /** Takes over many at once, for instance after an import of stock; needs `catalog:write`. */
  async importAvailability(ctx: RequestContext, levels: readonly Available[]): Promise<void> {
    requireScope(ctx, 'catalog:write');
    for (let start = 0; start < levels.length; start += CHUNK) {
      const chunk = levels.slice(start, start + CHUNK);
      await this.#unitOfWork.run(ctx, (tx) => recordAvailability(tx, chunk));
    }
  }
}

/** Of several notices of one SKU, in order, the last one counts. */
export function newestPerSku(levels: readonly Available[]): Available[] {
  return [...new Map(levels.map((level) => [level.sku, level])).values()];
}

/** Notes what is available of some SKUs, each named once, and what that means for their products. */
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
