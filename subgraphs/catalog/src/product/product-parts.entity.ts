import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';
import { attributeValueColumns } from '../attribute/attribute.entity.ts';
import { translationColumns } from '../translation/translation.entity.ts';

export const ProductTranslationEntity = defineEntity({
  name: 'ProductTranslation',
  tableName: 'product_translation',
  properties: { productId: p.uuid().primary(), ...translationColumns },
});

/** A picture or video of a product. `position` is its place in the gallery. */
export const ProductMediaEntity = defineEntity({
  name: 'ProductMedia',
  tableName: 'product_media',
  properties: {
    ...tenantColumn,
    productId: p.uuid().primary(),
    position: p.integer().primary(),
    url: p.text(),
    alt: p.text(),
    width: p.integer().nullable(),
    height: p.integer().nullable(),
    kind: p.text().$type<'IMAGE' | 'VIDEO'>(),
    /** The id of an uploaded picture. Null for a file on another server. */
    mediaId: p.uuid().nullable(),
  },
});

export const ProductAttributeValueEntity = defineEntity({
  name: 'ProductAttributeValue',
  tableName: 'product_attribute_value',
  properties: { productId: p.uuid().primary(), ...attributeValueColumns },
});

/** The assignment of a product to a category. */
export const ProductCategoryEntity = defineEntity({
  name: 'ProductCategory',
  tableName: 'product_category',
  properties: {
    ...tenantColumn,
    productId: p.uuid().primary(),
    categoryId: p.uuid().primary(),
    position: p.integer().default(0),
  },
});

export const ProductCollectionEntity = defineEntity({
  name: 'ProductCollection',
  tableName: 'product_collection',
  properties: { ...tenantColumn, productId: p.uuid().primary(), collectionId: p.uuid().primary() },
});

/** The lists in which a product appears: its categories, their ancestors, and its collections. Derived from other tables. */
export const ProductListingEntity = defineEntity({
  name: 'ProductListing',
  tableName: 'product_listing',
  properties: {
    ...tenantColumn,
    productId: p.uuid().primary(),
    /** The id of a category or a collection. */
    listId: p.uuid().primary(),
    listedAt: p.datetime(),
  },
});

/** The lowest and highest price of a product's variants by currency, in minor units. Derived from other tables. */
export const ProductPriceRangeEntity = defineEntity({
  name: 'ProductPriceRange',
  tableName: 'product_price_range',
  properties: {
    ...tenantColumn,
    productId: p.uuid().primary(),
    currency: p.text().primary(),
    minMinor: p.bigint('number'),
    maxMinor: p.bigint('number'),
  },
});
