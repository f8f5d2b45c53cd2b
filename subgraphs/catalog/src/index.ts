import type { RequestContext } from '@souk/kit/context';
import { handleCommand, handleRoute } from '@souk/kit/contracts';
import type { Clock, Failure, Result } from '@souk/kit/domain';
import { batchSubscriber, defineSubgraph, type SubgraphDefinition, type SubgraphDependencies } from '@souk/kit/runtime';
import { AttributeResolver } from './attribute/attribute.resolver.ts';
import { AttributeService } from './attribute/attribute.service.ts';
import { brandLoader } from './brand/brand.loader.ts';
import { brandReferences, BrandResolver } from './brand/brand.resolver.ts';
import { BrandService } from './brand/brand.service.ts';
import { CategoryMutationResolver } from './category/category-mutation.resolver.ts';
import { CategoryService } from './category/category.service.ts';
import { CategoryLoaders } from './category/category.loader.ts';
import { CategoryReader } from './category/category-reader.service.ts';
import { categoryReferences, CategoryResolver } from './category/category.resolver.ts';
import { ChannelImport } from './channel/channel-import.service.ts';
import { channelLoader } from './channel/channel.loader.ts';
import type { StoredChannel } from './channel/channel.repository.ts';
import { channelReferences, ChannelResolver } from './channel/channel.resolver.ts';
import type { ChannelDraft } from './channel/channel.ts';
import { ChannelService } from './channel/channel.service.ts';
import { CollectionMutationResolver } from './collection/collection-mutation.resolver.ts';
import { CollectionService } from './collection/collection.service.ts';
import { collectionLoader } from './collection/collection.loader.ts';
import { CollectionReader } from './collection/collection-reader.service.ts';
import { collectionReferences, CollectionResolver } from './collection/collection.resolver.ts';
import { ChannelsRoute, KnownSkus, PriceLines } from './contract.ts';
import { entities, type CatalogDatabase, type CatalogTransaction, type CatalogUnitOfWork } from './database.ts';
import { ProductDuplicateResolver } from './duplicate/product-duplicate.resolver.ts';
import { ProductDuplicate } from './duplicate/product-duplicate.service.ts';
import { createImports, importClasses } from './import/job/import-job.assembly.ts';
import { ProductExportResolver } from './export/product-export.resolver.ts';
import { ProductExport } from './export/product-export.service.ts';
import { ImportService } from './import/import.service.ts';
import {
  listedFields,
  ProductConnectionResolver,
  ProductFieldsResolver,
  ProductVariantFieldsResolver,
} from './product/product-fields.resolver.ts';
import { createMedia } from './media/media.assembly.ts';
import { MediaResolver } from './media/media.resolver.ts';
import {
  availabilityReader,
  catalogManifest,
  searchExportJob,
  searchJob,
  searchMeasureJob,
  searchReaders,
  type CatalogSettings,
} from './manifest.ts';
import { metafieldLoader } from './metafield/metafield.loader.ts';
import { MetafieldResolver } from './metafield/metafield.resolver.ts';
import { MetafieldService } from './metafield/metafield.service.ts';
import { PriceListImport, type ImportedPriceList } from './price-list/price-list-import.service.ts';
import { PriceListResolver } from './price-list/price-list.resolver.ts';
import { PriceListService } from './price-list/price-list.service.ts';
import { byPriority } from './pricing/price-selection.ts';
import { ProductMediaResolver } from './product/product-media.resolver.ts';
import { ProductMutationResolver } from './product/product-mutation.resolver.ts';
import { ProductReader } from './product/product-reader.service.ts';
import { ProductLoaders } from './product/product.loader.ts';
import { productReferences } from './product/product-reference.resolver.ts';
import { ProductService } from './product/product.service.ts';
import { ProductResolver } from './product/product.resolver.ts';
import { NodeResolver } from './node/node.resolver.ts';
import { nodeStubs } from './node/node.types.ts';
import { createReviews, reviewClasses } from './review/review.assembly.ts';
import { ReviewImport, type ImportedReview } from './review/review-import.service.ts';
import type { Synonyms } from './search/query/search-clause.ts';
import { postgresSearch } from './search/postgres-search.repository.ts';
import { createSearchEngines } from './search/search-engine.assembly.ts';
import { SearchBacklog, searchMeasures } from './search/search-measures.service.ts';
import { SearchIndexService } from './search/search-index.service.ts';
import { SearchReader } from './search/search-reader.service.ts';
import { SearchResolver } from './search/search.resolver.ts';
import { tenantDefaults } from './settings/tenant-defaults.subscriber.ts';
import { SettingsService } from './settings/settings.service.ts';
import type { StoreDefaults } from './store-defaults.repository.ts';
import { newestPerSku, recordAvailability } from './stock/stock.repository.ts';
import { knownSkus } from './variant/sku.repository.ts';
import { PriceLinesService } from './variant/price-lines.service.ts';
import {
  CartLineStub,
  CartLineVariantResolver,
  OrderLineStub,
  OrderLineVariantResolver,
  WishlistItemStub,
  WishlistItemVariantResolver,
} from './variant/line-variant.resolver.ts';
import { userErrorClasses } from './user-errors.ts';
import { VariantMutationResolver } from './variant/variant-mutation.resolver.ts';
import { VariantService } from './variant/variant.service.ts';

/** The interval in ms at which a job indexes changes. Most changes are already indexed by the handlers of their events. */
const INDEX_EVERY_MS = 500;
/** The interval in ms at which a job exports changes to a search engine outside of Postgres. */
const EXPORT_EVERY_MS = 250;
/** The interval in ms at which a job counts the changes that searches do not find yet. */
const MEASURE_EVERY_MS = 2_000;

/**
 * The services that the composition root calls to import data for a tenant. Each service needs `catalog:write` unless its comment names
 * another scope.
 */
export interface CatalogServices extends Pick<
  ImportService,
  'importAttributes' | 'importBrands' | 'importCategories' | 'importCollections' | 'importProducts'
> {
  /** The sales channels of a tenant, by code. Checks no scope. */
  channelsOf(tenantId: string): Promise<readonly StoredChannel[]>;
  /**
   * Creates sales channels. Needs `channels:write`. A channel whose code exists is not changed.
   * @returns the ids of the tenant's channels by code
   */
  importChannels(ctx: RequestContext, channels: readonly ChannelDraft[]): Promise<ReadonlyMap<string, string>>;
  /** Creates price lists with prices by SKU. Needs `prices:write`. A list whose code exists is not changed. */
  importPriceLists(ctx: RequestContext, lists: readonly ImportedPriceList[]): Promise<void>;
  /** Adds reviews. Needs `reviews:write`. A customer's second review of a product is left out. */
  importReviews(ctx: RequestContext, reviews: readonly ImportedReview[]): Promise<void>;
  /** Sets the tenant's default currency and locale. */
  setSettings(ctx: RequestContext, defaults: StoreDefaults): Promise<void>;
  /** Replaces the groups of phrases that a search treats as synonyms. */
  setSynonyms(ctx: RequestContext, synonyms: Synonyms): Promise<Result<unknown, Failure>>;
}

export type { CatalogSettings } from './manifest.ts';
export type {
  ImportedAttribute,
  ImportedBrand,
  ImportedCategory,
  ImportedCollection,
  ImportedProduct,
  ImportOutcome,
} from './import/catalog-import.ts';
export type { ImportedListedPrice, ImportedPriceList } from './price-list/price-list-import.service.ts';
export type { ImportedReview } from './review/review-import.service.ts';
export type { StoreDefaults } from './store-defaults.repository.ts';

/** The subgraph of products, variants, prices, categories, collections, pictures and search. */
export const catalog: SubgraphDefinition<CatalogDatabase, CatalogSettings, CatalogServices> = defineSubgraph({
  manifest: catalogManifest,
  entities,
  graphql: {
    resolvers: [
      ProductResolver,
      ProductFieldsResolver,
      ProductVariantFieldsResolver,
      ProductConnectionResolver,
      ProductMutationResolver,
      VariantMutationResolver,
      MetafieldResolver,
      ProductDuplicateResolver,
      BrandResolver,
      CategoryResolver,
      CategoryMutationResolver,
      CollectionResolver,
      CollectionMutationResolver,
      AttributeResolver,
      CartLineVariantResolver,
      OrderLineVariantResolver,
      WishlistItemVariantResolver,
      NodeResolver,
      PriceListResolver,
      ChannelResolver,
      SearchResolver,
      MediaResolver,
      ProductMediaResolver,
      ...importClasses,
      ...reviewClasses,
      ProductExportResolver,
    ],
    orphanedTypes: [CartLineStub, OrderLineStub, WishlistItemStub, ...nodeStubs, ...userErrorClasses],
  },
  create,
});

function create(dependencies: SubgraphDependencies<CatalogDatabase, CatalogSettings>) {
  const { unitOfWork, clock, commands, publicUrl } = dependencies;
  const media = createMedia(dependencies);
  const imports = createImports(dependencies);
  const products = new ProductReader(unitOfWork);
  const categories = new CategoryReader(unitOfWork);
  const collections = new CollectionReader(unitOfWork);
  const productLoaders = new ProductLoaders(products, unitOfWork);
  const reviews = createReviews(dependencies, productLoaders);
  const productFields = new ProductFieldsResolver(productLoaders, publicUrl);
  const variantFields = new ProductVariantFieldsResolver(productLoaders);
  const categoryLoaders = new CategoryLoaders(unitOfWork);
  const references = {
    ...productReferences(productLoaders),
    ...brandReferences(brandLoader(unitOfWork)),
    ...categoryReferences(categoryLoaders),
    ...collectionReferences(collectionLoader(unitOfWork)),
    ...channelReferences(channelLoader(unitOfWork)),
    ...reviews.references,
  };
  const priceLines = new PriceLinesService(unitOfWork);
  const priceLists = new PriceListService(unitOfWork, clock, byPriority);
  const channels = new ChannelService(unitOfWork, clock);
  const engines = createSearchEngines(dependencies.settings, dependencies);
  const searchBacklog = new SearchBacklog(unitOfWork);
  const searchIndex = new SearchIndexService(unitOfWork, postgresSearch, engines.other);

  return {
    resolvers: [
      new ProductResolver(products),
      productFields,
      variantFields,
      new ProductConnectionResolver(),
      new ProductMutationResolver(new ProductService(unitOfWork, clock), products),
      new VariantMutationResolver(new VariantService(unitOfWork, clock), products),
      new BrandResolver(new BrandService(unitOfWork, clock)),
      new ProductDuplicateResolver(new ProductDuplicate(unitOfWork, clock), products),
      new MetafieldResolver(new MetafieldService(unitOfWork, clock), products, metafieldLoader(unitOfWork)),
      new CategoryResolver(categories, products, categoryLoaders),
      new CategoryMutationResolver(new CategoryService(unitOfWork, clock), categories),
      new CollectionResolver(collections, products),
      new CollectionMutationResolver(new CollectionService(unitOfWork, clock), collections),
      new AttributeResolver(new AttributeService(unitOfWork, clock)),
      new CartLineVariantResolver(productLoaders),
      new OrderLineVariantResolver(productLoaders),
      new WishlistItemVariantResolver(productLoaders),
      new NodeResolver(references, commands),
      new PriceListResolver(priceLists),
      new ChannelResolver(channels),
      new SearchResolver(new SearchReader(unitOfWork, engines.engine), searchIndex),
      ...media.resolvers,
      new ProductMediaResolver(media.loader),
      ...imports.resolvers,
      ...reviews.resolvers,
      new ProductExportResolver(new ProductExport(unitOfWork)),
    ],
    subscriptions: imports.subscriptions,
    references,
    fields: listedFields(productFields, variantFields),
    commands: [
      handleCommand(PriceLines, (ctx, request) => priceLines.priceLines(ctx, request)),
      handleCommand(KnownSkus, async (ctx, { skus }) => ({
        skus: await unitOfWork.read(ctx, (tx) => knownSkus(tx, skus)),
      })),
    ],
    routes: [handleRoute(ChannelsRoute, async ({ tenant }) => ({ channels: await channels.all(tenant) }))],
    subscribers: [
      batchSubscriber(availabilityReader, (tx: CatalogTransaction, events) =>
        recordAvailability(tx, newestPerSku(events.map(({ data }) => data))),
      ),
      ...searchReaders.map((reader) => ({ reader, handle: (tx: CatalogTransaction) => searchIndex.follow(tx) })),
      tenantDefaults(),
    ],
    jobs: [
      { name: searchJob, everyMs: INDEX_EVERY_MS, run: () => searchIndex.indexPending() },
      { name: searchExportJob, everyMs: EXPORT_EVERY_MS, run: async () => engines.other?.exports.run() },
      { name: searchMeasureJob, everyMs: MEASURE_EVERY_MS, run: () => searchBacklog.read() },
      ...media.jobs,
      ...imports.jobs,
    ],
    measures: searchMeasures(searchBacklog, engines.other),
    services: servicesOf(unitOfWork, clock, { lists: priceLists, channels, searchIndex }),
  };
}

interface Managers {
  readonly lists: PriceListService;
  readonly channels: ChannelService;
  readonly searchIndex: SearchIndexService;
}

function servicesOf(
  unitOfWork: CatalogUnitOfWork,
  clock: Clock,
  { lists, channels, searchIndex }: Managers,
): CatalogServices {
  const imports = new ImportService(unitOfWork, clock);
  const settings = new SettingsService(unitOfWork);
  const priceLists = new PriceListImport(unitOfWork, lists);
  const reviews = new ReviewImport(unitOfWork);
  return {
    importAttributes: (ctx, attributes) => imports.importAttributes(ctx, attributes),
    importBrands: (ctx, brands) => imports.importBrands(ctx, brands),
    importCategories: (ctx, categories) => imports.importCategories(ctx, categories),
    importCollections: (ctx, collections) => imports.importCollections(ctx, collections),
    importProducts: (ctx, products) => imports.importProducts(ctx, products),
    channelsOf: (tenantId) => channels.all(tenantId),
    importChannels: (ctx, drafts) => new ChannelImport(channels).import(ctx, drafts),
    importPriceLists: (ctx, lists) => priceLists.import(ctx, lists),
    importReviews: (ctx, given) => reviews.import(ctx, given),
    setSettings: (ctx, defaults) => settings.setDefaults(ctx, defaults),
    setSynonyms: (ctx, synonyms) => searchIndex.setSynonyms(ctx, synonyms, {}),
  };
}
