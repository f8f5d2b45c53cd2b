import type { RequestContext } from '@souk/kit/context';
import { handleCommand } from '@souk/kit/contracts';
import type { Clock } from '@souk/kit/domain';
import type { UnitOfWork } from '@souk/kit/persistence';
import { defineSubgraph, subscriber, type SubgraphParts } from '@souk/kit/runtime';
import { AvailabilityChanged } from '@souk/inventory/contract';
import { catalogErrors } from './catalog.errors.ts';
import { Category } from './category/category.entity.ts';
import { CategoryLoaders } from './category/category.loaders.ts';
import { CategoryReader } from './category/category-reader.ts';
import { categoryReferences, CategoryResolver } from './category/category.resolver.ts';
import { Collection } from './collection/collection.entity.ts';
import { collectionLoader } from './collection/collection.loaders.ts';
import { CollectionReader } from './collection/collection-reader.ts';
import { collectionReferences, CollectionResolver } from './collection/collection.resolver.ts';
import { PriceLines } from './contract.ts';
import type { CatalogDatabase } from './database.ts';
import { ImportService } from './import/import.service.ts';
import {
  ProductConnectionResolver,
  ProductFieldsResolver,
  ProductVariantFieldsResolver,
} from './product/product-fields.resolver.ts';
import { ProductReader } from './product/product-reader.ts';
import { Product } from './product/product.entity.ts';
import { ProductLoaders } from './product/product.loaders.ts';
import { productReferences } from './product/product.references.ts';
import { ProductResolver } from './product/product.resolver.ts';
import { SettingsService } from './settings/settings.service.ts';
import type { StoreDefaults } from './settings/store-defaults.ts';
import { recordAvailability, StockService, type Available } from './stock/stock.service.ts';
import { PriceLinesService } from './variant/price-lines.ts';
import { ProductVariant } from './variant/variant.entity.ts';

/** The catalog needs no settings of the process; what a tenant chooses is in its database. */
export type CatalogSettings = Record<string, never>;

/** What the composition root may use: bulk work in the name of a tenant. All of it needs `catalog:write`. */
export interface CatalogServices extends Pick<
  ImportService,
  'importAttributes' | 'importCategories' | 'importCollections' | 'importProducts'
> {
  /** The tenant's default currency and locale. */
  setSettings(ctx: RequestContext, defaults: StoreDefaults): Promise<void>;
  /** What inventory says, for many SKUs at once, where its events would be too many. */
  importAvailability(ctx: RequestContext, levels: readonly Available[]): Promise<void>;
}

export type { Available } from './stock/stock.service.ts';
export type {
  ImportedAttribute,
  ImportedCategory,
  ImportedCollection,
  ImportedProduct,
  ImportOutcome,
} from './import/catalog-import.ts';
export type { StoreDefaults } from './settings/store-defaults.ts';

/** Products, variants, prices, categories and collections. */
export const catalog = defineSubgraph<CatalogDatabase, CatalogSettings, CatalogServices>({
  name: 'catalog',
  migrations: new URL('../migrations/', import.meta.url),
  entities: [Product, ProductVariant, Category, Collection],
  graphql: {
    resolvers: [
      ProductResolver,
      ProductFieldsResolver,
      ProductVariantFieldsResolver,
      ProductConnectionResolver,
      CategoryResolver,
      CollectionResolver,
    ],
    orphanedTypes: [catalogErrors.GeneralUserError, catalogErrors.VersionConflictError],
  },
  create,
});

function create({ unitOfWork, clock }: SubgraphParts<CatalogDatabase, CatalogSettings>) {
  const products = new ProductReader(unitOfWork);
  const productLoaders = new ProductLoaders(products, unitOfWork);
  const categoryLoaders = new CategoryLoaders(unitOfWork);
  const priceLines = new PriceLinesService(unitOfWork);

  return {
    resolvers: [
      new ProductResolver(products),
      new ProductFieldsResolver(productLoaders),
      new ProductVariantFieldsResolver(productLoaders),
      new ProductConnectionResolver(),
      new CategoryResolver(new CategoryReader(unitOfWork), products, categoryLoaders),
      new CollectionResolver(new CollectionReader(unitOfWork), products),
    ],
    references: {
      ...productReferences(productLoaders),
      ...categoryReferences(categoryLoaders),
      ...collectionReferences(collectionLoader(unitOfWork)),
    },
    commands: [handleCommand(PriceLines, (ctx, request) => priceLines.priceLines(ctx, request))],
    subscribers: [
      subscriber({
        name: 'catalog.follow-availability',
        event: AvailabilityChanged,
        handle: (tx, { sku, available }) => recordAvailability(tx, [{ sku, available }]),
      }),
    ],
    services: servicesOf(unitOfWork, clock),
  };
}

function servicesOf(unitOfWork: UnitOfWork<CatalogDatabase>, clock: Clock): CatalogServices {
  const imports = new ImportService(unitOfWork, clock);
  const settings = new SettingsService(unitOfWork);
  const stock = new StockService(unitOfWork);
  return {
    importAttributes: (ctx, attributes) => imports.importAttributes(ctx, attributes),
    importCategories: (ctx, categories) => imports.importCategories(ctx, categories),
    importCollections: (ctx, collections) => imports.importCollections(ctx, collections),
    importProducts: (ctx, products) => imports.importProducts(ctx, products),
    setSettings: (ctx, defaults) => settings.setDefaults(ctx, defaults),
    importAvailability: (ctx, levels) => stock.importAvailability(ctx, levels),
  };
}
