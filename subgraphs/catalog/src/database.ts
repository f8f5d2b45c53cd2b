import type { EntityTables, ReadTransaction, Transaction, UnitOfWork } from '@souk/kit/persistence';
import { AttributeEntity } from './attribute/attribute.entity.ts';
import { BrandEntity } from './brand/brand.entity.ts';
import { CategoryAncestorEntity, CategoryEntity, CategoryTranslationEntity } from './category/category.entity.ts';
import { ChannelEntity } from './channel/channel.entity.ts';
import { CollectionEntity, CollectionTranslationEntity } from './collection/collection.entity.ts';
import { MediaEntity, MediaUsageEntity, MediaVariantEntity } from './media/media.entity.ts';
import {
  ImportFailedRowEntity,
  ImportJobEntity,
  ImportPartEntity,
  ImportProblemEntity,
} from './import/job/import-job.entity.ts';
import { ProductMetafieldEntity } from './metafield/metafield.entity.ts';
import { PriceListEntity, PriceListPriceEntity } from './price-list/price-list.entity.ts';
import {
  ProductAttributeValueEntity,
  ProductCategoryEntity,
  ProductCollectionEntity,
  ProductListingEntity,
  ProductMediaEntity,
  ProductPriceRangeEntity,
  ProductTranslationEntity,
} from './product/product-parts.entity.ts';
import { ProductEntity } from './product/product.entity.ts';
import { ReviewEntity, ReviewReportEntity, ReviewSettingsEntity } from './review/review.entity.ts';
import { SearchExportEntity, SearchPendingEntity, SearchSettingsEntity } from './search/search.entity.ts';
import { CatalogSettingsEntity } from './settings/catalog-settings.entity.ts';
import { VariantStockEntity } from './stock/stock.entity.ts';
import {
  ProductVariantEntity,
  VariantAttributeValueEntity,
  VariantPriceEntity,
  VariantSkuEntity,
} from './variant/variant.entity.ts';

/** The entities of this subgraph. A test compares them with the migrated database. */
export const entities = [
  CatalogSettingsEntity,
  AttributeEntity,
  BrandEntity,
  CategoryEntity,
  CategoryAncestorEntity,
  CategoryTranslationEntity,
  CollectionEntity,
  CollectionTranslationEntity,
  ProductEntity,
  ProductTranslationEntity,
  ProductMediaEntity,
  ProductAttributeValueEntity,
  ProductCategoryEntity,
  ProductCollectionEntity,
  ProductListingEntity,
  ProductPriceRangeEntity,
  ProductMetafieldEntity,
  ProductVariantEntity,
  VariantSkuEntity,
  VariantAttributeValueEntity,
  VariantPriceEntity,
  VariantStockEntity,
  MediaEntity,
  MediaVariantEntity,
  MediaUsageEntity,
  ChannelEntity,
  PriceListEntity,
  PriceListPriceEntity,
  SearchSettingsEntity,
  SearchPendingEntity,
  SearchExportEntity,
  ReviewEntity,
  ReviewReportEntity,
  ReviewSettingsEntity,
  ImportJobEntity,
  ImportPartEntity,
  ImportProblemEntity,
  ImportFailedRowEntity,
];

/** The column types of the tables, derived from the entities for Kysely. */
export type CatalogDatabase = EntityTables<(typeof entities)[number]>;
export type CatalogTransaction = Transaction<CatalogDatabase>;
/** A read-only transaction on the tables of this subgraph. */
export type CatalogRead = ReadTransaction<CatalogDatabase>;
export type CatalogUnitOfWork = UnitOfWork<CatalogDatabase>;
