import type { Connection } from '@souk/kit/graphql';
import type { LoadedVariant, LoadedVariants } from '../product/loaded-product.repository.ts';
import type { PresentedProduct } from '../product/product.presenter.ts';
import type { ProductVariantType } from '../product/product.types.ts';

/**
 * The object from which the fields of ProductVariant are resolved. A type instead of a class, because type-graphql would copy the object
 * into a new instance of the class.
 */
export type PresentedVariant = ProductVariantType;

export function presentVariant(loaded: LoadedVariant, reachedFrom?: PresentedProduct): PresentedVariant {
  const { row } = loaded;
  return {
    id: row.id,
    sku: row.sku,
    name: row.name,
    options: row.options,
    weightGrams: row.weight_grams,
    content: row.content,
    barcode: row.barcode,
    size: row.size,
    externalReference: row.external_reference,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    version: row.version,
    loaded,
    ...(reachedFrom && { reachedFrom }),
  };
}

/**
 * A page of variants as a connection. Edges and cursors are created lazily, because a list of products may contain hundreds of variants
 * whose cursors are rarely selected.
 */
export class VariantPageConnection implements Connection<PresentedVariant> {
  readonly nodes: readonly PresentedVariant[];
  readonly #loaded: LoadedVariants;

  constructor(loaded: LoadedVariants, product: PresentedProduct) {
    const { page, attributes } = loaded;
    this.#loaded = loaded;
    this.nodes = page.rows.map((row) =>
      presentVariant({ row, ...(attributes && { attributes: attributes.get(row.id) ?? [] }) }, product),
    );
  }

  get edges() {
    return this.nodes.map((node) => ({ node, cursor: this.#loaded.page.cursorOf(node.loaded.row) }));
  }

  get pageInfo() {
    const { page } = this.#loaded;
    const [first, last] = [page.rows[0], page.rows.at(-1)];
    return {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: first ? page.cursorOf(first) : null,
      endCursor: last ? page.cursorOf(last) : null,
    };
  }
}
