import { pageLoader, RequestLoader, type PageKey } from '@souk/kit/graphql';
import { attributesOf, type AttributeValues } from '../attribute/attribute.repository.ts';
import { brandsOfProducts, type BrandRow } from '../brand/brand.repository.ts';
import { categoriesOfProducts, type CategoryRow } from '../category/category.repository.ts';
import { collectionsOfProducts, type CollectionRow } from '../collection/collection.repository.ts';
import type { CatalogUnitOfWork } from '../database.ts';
import type { LoadedProduct, LoadedVariant, LoadedVariants } from './loaded-product.repository.ts';
import { offersLoader, type OffersKey } from '../pricing/offers.loader.ts';
import type { PriceOffer } from '../pricing/price-selection.ts';
import { mediaOfProducts, type MediaRow } from './media.repository.ts';
import { ALL_OF_VARIANT, NOTHING_MORE } from './product-selection.ts';
import type { ProductReader } from './product-reader.service.ts';

/**
 * Loads products and details that were not part of the first read, for instance for references of other subgraphs. Each kind of detail is
 * loaded in one batch per request.
 */
export class ProductLoaders {
  readonly product: RequestLoader<string, LoadedProduct>;
  readonly variantById: RequestLoader<string, LoadedVariant>;
  readonly variantBySku: RequestLoader<string, LoadedVariant>;
  readonly variantPage: RequestLoader<PageKey, LoadedVariants>;
  /** The prices of a variant for every quantity and currency. */
  readonly variantOffers: RequestLoader<OffersKey, PriceOffer[]>;
  readonly brands: RequestLoader<string, BrandRow>;
  readonly categories: RequestLoader<string, CategoryRow[]>;
  readonly collections: RequestLoader<string, CollectionRow[]>;
  readonly media: RequestLoader<string, MediaRow[]>;
  readonly productAttributes: RequestLoader<string, AttributeValues[]>;
  readonly variantAttributes: RequestLoader<string, AttributeValues[]>;

  constructor(reader: ProductReader, unitOfWork: CatalogUnitOfWork) {
    const variants = (by: 'id' | 'sku') =>
      new RequestLoader<string, LoadedVariant>(async (ctx, keys) => {
        const found = await reader.findVariants(ctx, by, keys, ALL_OF_VARIANT);
        return new Map(found.map((variant) => [variant.row[by], variant]));
      });
    this.variantById = variants('id');
    this.variantBySku = variants('sku');
    this.product = new RequestLoader(async (ctx, ids) => {
      const found = await reader.find(ctx, 'id', ids, NOTHING_MORE);
      return new Map(found.map((product) => [product.row.id, product]));
    });
    this.variantPage = pageLoader((ctx, productIds, range) =>
      reader.variantPages(ctx, productIds, { ...ALL_OF_VARIANT, range }),
    );
    this.variantOffers = offersLoader(unitOfWork);
    this.brands = new RequestLoader((ctx, ids) => unitOfWork.quickRead(ctx, (tx) => brandsOfProducts(tx, ids)));
    this.categories = new RequestLoader((ctx, ids) => unitOfWork.quickRead(ctx, (tx) => categoriesOfProducts(tx, ids)));
    this.collections = new RequestLoader((ctx, ids) =>
      unitOfWork.quickRead(ctx, (tx) => collectionsOfProducts(tx, ids)),
    );
    this.media = new RequestLoader((ctx, ids) => unitOfWork.quickRead(ctx, (tx) => mediaOfProducts(tx, ids)));
    this.productAttributes = new RequestLoader((ctx, ids) =>
      unitOfWork.quickRead(ctx, (tx) => attributesOf(tx, 'product', ids)),
    );
    this.variantAttributes = new RequestLoader((ctx, ids) =>
      unitOfWork.quickRead(ctx, (tx) => attributesOf(tx, 'variant', ids)),
    );
  }
}
