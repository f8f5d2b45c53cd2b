import { isUuid } from '@souk/kit/domain';
import type { ReferenceResolvers } from '@souk/kit/graphql';
import { presentVariant } from '../variant/variant.presenter.ts';
import type { ProductLoaders } from './product.loader.ts';
import { presentProduct } from './product.presenter.ts';

/** Loads products and variants that other subgraphs reference. Null when the object is unknown. */
export function productReferences(loaders: ProductLoaders): ReferenceResolvers {
  return {
    Product: async ({ id }, ctx) => {
      const product = isId(id) ? await loaders.product.load(ctx, id) : null;
      return product && presentProduct(product);
    },
    CartLine: ({ id, variantId }) => ({ id, variantId }),
    OrderLine: ({ id, variantId }) => ({ id, variantId }),
    ProductVariant: async ({ id, sku }, ctx) => {
      const variant = isId(id)
        ? await loaders.variantById.load(ctx, id)
        : typeof sku === 'string'
          ? await loaders.variantBySku.load(ctx, sku)
          : null;
      return variant && presentVariant(variant);
    },
  };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && isUuid(value);
}
