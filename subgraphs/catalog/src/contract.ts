import { decimalSchema, defineCommand, defineEvent, defineScope, resultOf } from '@souk/kit/contracts';
import { z } from 'zod';

/** Allows changing products, variants, prices, categories and collections. Also allows reading drafts. */
export const CatalogWrite = defineScope({ name: 'catalog:write', roles: ['OWNER', 'STAFF'] });

/** Allows reading price lists with their prices. Buyers see the prices that apply to them without this scope. */
export const PricesRead = defineScope({ name: 'prices:read', roles: ['OWNER', 'STAFF'] });

/** Allows changing price lists and their prices. */
export const PricesWrite = defineScope({ name: 'prices:write', roles: ['OWNER', 'STAFF'] });

/** Allows reading the uploaded pictures of the shop. Buyers see the pictures of products without this scope. */
export const MediaRead = defineScope({ name: 'media:read', roles: ['OWNER', 'STAFF'] });

/** Allows uploading, changing and deleting pictures. */
export const MediaWrite = defineScope({ name: 'media:write', roles: ['OWNER', 'STAFF'] });

const option = z.object({ name: z.string(), value: z.string() });

/** The data of a variant that an order line keeps, with the current price. */
export const pricedLineSchema = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  sku: z.string(),
  productName: z.string(),
  variantName: z.string(),
  options: z.array(option),
  /** The product's categories, the categories above them, and its collections. @default none, in replies of an earlier version */
  listIds: z.array(z.uuid()).default([]),
  /** The price of one unit in the requested currency, with up to six decimal places, for a line of one unit. */
  unitPrice: decimalSchema,
  /** Other prices of one unit, for lines of more units: each applies from its quantity up to the next. @default none */
  tiers: z
    .array(
      z.object({
        fromQuantity: z.int().min(2),
        unitPrice: decimalSchema,
        includesTax: z.boolean().nullable().optional(),
      }),
    )
    .optional(),
  /** Whether `unitPrice` includes the tax. Null: as the shop's prices do. @default null */
  includesTax: z.boolean().nullable().optional(),
  /** The code of the product's tax category. Absent or null: standard. */
  taxCategory: z.string().nullable().optional(),
  /** The weight of one unit with its packaging. Absent or null: not known. */
  weightGrams: z.int().min(0).nullable().optional(),
});
export type PricedLine = z.infer<typeof pricedLineSchema>;

export const priceLinesErrorSchema = z.object({
  code: z.enum(['VARIANT_NOT_FOUND', 'PRICE_MISSING']),
  /** The variants that cannot be sold, because they are unknown or unpublished, or have no price in the currency. */
  variantIds: z.array(z.uuid()),
});

/**
 * Returns the prices that the caller pays for variants in a currency, and the data that order lines keep. The groups of the caller decide which
 * price lists apply. The reply has one line for each distinct variant.
 */
export const PriceLines = defineCommand({
  name: 'catalog.priceLines',
  version: 1,
  request: z.object({
    currency: z.string(),
    locale: z.string(),
    variantIds: z.array(z.uuid()).min(1).max(500),
    /** The country to which the order goes (ISO 3166-1). Null: not known, so that price lists for countries do not apply. @default null */
    countryCode: z.string().nullable().optional(),
  }),
  reply: resultOf(z.object({ lines: z.array(pricedLineSchema) }), priceLinesErrorSchema),
  idempotent: true,
  callers: ['orders'],
});

/** Returns the given SKUs that belong to a variant, drafts included. SKUs are compared in their canonical form, and letter case counts. */
export const KnownSkus = defineCommand({
  name: 'catalog.knownSkus',
  version: 1,
  request: z.object({ skus: z.array(z.string()).min(1).max(500) }),
  reply: z.object({ skus: z.array(z.string()) }),
  idempotent: true,
  callers: ['inventory'],
});

/** A product, one of its variants or one of their prices has been added or changed. */
export const ProductChanged = defineEvent({
  subject: 'catalog.product.changed',
  version: 1,
  payload: z.object({ productId: z.uuid(), slug: z.string() }),
});

/** A category has been added, changed, moved or deleted. */
export const CategoryChanged = defineEvent({
  subject: 'catalog.category.changed',
  version: 1,
  payload: z.object({ categoryId: z.uuid() }),
});

/** A collection has been added, changed or deleted, or the products in it have changed. */
export const CollectionChanged = defineEvent({
  subject: 'catalog.collection.changed',
  version: 1,
  payload: z.object({ collectionId: z.uuid() }),
});

/** An import has added many objects at once. There are no events for the single objects. Aggregate: the tenant. */
export const CatalogImported = defineEvent({
  subject: 'catalog.catalog.imported',
  version: 1,
  payload: z.object({ created: z.int().min(1) }),
});

/** An import of a file has started, has made progress, or has ended. Aggregate: the import. */
export const ImportChanged = defineEvent({
  subject: 'catalog.import.changed',
  version: 1,
  payload: z.object({
    importId: z.uuid(),
    status: z.enum(['UPLOADING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED']),
  }),
});

/** Products have sold out, or are available again. Aggregate: the tenant. */
export const ProductsStockTurned = defineEvent({
  subject: 'catalog.products.stock_turned',
  version: 1,
  payload: z.object({ productIds: z.array(z.uuid()).min(1) }),
});

/** A price list has been added, changed or deleted, or prices in it have changed. */
export const PriceListChanged = defineEvent({
  subject: 'catalog.price_list.changed',
  version: 1,
  payload: z.object({ priceListId: z.uuid(), change: z.enum(['CREATED', 'UPDATED', 'DELETED', 'PRICES_CHANGED']) }),
});

/** A picture has been uploaded, changed or deleted, its variants are ready, or they cannot be made. */
export const MediaChanged = defineEvent({
  subject: 'catalog.media.changed',
  version: 1,
  payload: z.object({ mediaId: z.uuid(), change: z.enum(['UPLOADED', 'READY', 'FAILED', 'UPDATED', 'DELETED']) }),
});

/** The search index has followed changes of products. Aggregate: the tenant. */
export const SearchIndexed = defineEvent({
  subject: 'catalog.search.indexed',
  version: 1,
  payload: z.object({ products: z.int().min(0) }),
});
