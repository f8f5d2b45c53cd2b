import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ok } from '@souk/kit/domain';
import { mapPage, type KeysetPage } from '@souk/kit/persistence';
import type { CatalogRead, CatalogUnitOfWork } from '../database.ts';
import { findVariants } from '../variant/variant.repository.ts';
import {
  loadProducts,
  loadVariantPages,
  loadVariants,
  type LoadedProduct,
  type LoadedVariant,
} from './loaded-product.repository.ts';
import { isInIndexOrder, type ProductFilter } from './product-filter.ts';
import { countProducts, listProducts, type ProductListQuery } from './product-list.repository.ts';
import type { WantedOfProduct, WantedOfVariant, WantedVariants } from './product-selection.ts';
import { findProducts } from './product.repository.ts';

/** Reads the products and variants that the caller may see. Each call loads all requested details in one transaction. */
export class ProductReader {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  page(
    ctx: RequestContext,
    query: ProductListQuery,
    wanted: WantedOfProduct,
  ): Promise<Result<KeysetPage<LoadedProduct>, Failure>> {
    const load = async (tx: CatalogRead): Promise<Result<KeysetPage<LoadedProduct>, Failure>> => {
      const page = await listProducts(tx, query, wanted.columns);
      if (!page.ok) return page;
      const loaded = new Map(
        (await loadProducts(tx, page.value.rows, wanted)).map((product) => [product.row, product]),
      );
      return ok(mapPage(page.value, (row) => loaded.get(row) ?? { row }));
    };
    return isInIndexOrder(query.filter, query.sort)
      ? this.#unitOfWork.quickRead(ctx, load)
      : this.#unitOfWork.read(ctx, load);
  }

  count(ctx: RequestContext, filter: ProductFilter): Promise<number> {
    return this.#unitOfWork.read(ctx, (tx) => countProducts(tx, filter));
  }

  /** Finds products by id or slug. Products that are unknown or hidden from the caller are left out. */
  find(
    ctx: RequestContext,
    by: 'id' | 'slug',
    values: readonly string[],
    wanted: WantedOfProduct,
  ): Promise<LoadedProduct[]> {
    return this.#unitOfWork.quickRead(ctx, async (tx) =>
      loadProducts(tx, await findProducts(tx, by, values, wanted.columns), wanted),
    );
  }

  findVariants(
    ctx: RequestContext,
    by: 'id' | 'sku' | 'barcode',
    values: readonly string[],
    wanted: WantedOfVariant,
  ): Promise<LoadedVariant[]> {
    return this.#unitOfWork.quickRead(ctx, async (tx) =>
      loadVariants(tx, await findVariants(tx, by, values, wanted), wanted),
    );
  }

  /** The variants of each product. The same range is read for each product. */
  variantPages(ctx: RequestContext, productIds: readonly string[], wanted: WantedVariants) {
    return this.#unitOfWork.quickRead(ctx, (tx) => loadVariantPages(tx, productIds, wanted));
  }
}
