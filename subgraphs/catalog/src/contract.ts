import { decimalSchema, defineCommand, defineEvent, defineRoute, defineScope, resultOf } from '@souk/kit/contracts';
import { z } from 'zod';

/** Allows changing products, variants, prices, categories and collections. Also allows reading drafts. */
export const CatalogWrite = defineScope({ name: 'catalog:write', roles: ['OWNER', 'STAFF'] });

/** Allows reading price lists with all their prices. Shoppers do not need this scope to see the prices that apply to them. */
export const PricesRead = defineScope({ name: 'prices:read', roles: ['OWNER', 'STAFF'] });

/** Allows changing price lists and their prices. */
export const PricesWrite = defineScope({ name: 'prices:write', roles: ['OWNER', 'STAFF'] });

/** Allows reading the sales channels of the shop. Shoppers do not need this scope to see the channel of their orders. */
export const ChannelsRead = defineScope({ name: 'channels:read', roles: ['OWNER', 'STAFF'] });

/** Allows changing sales channels. */
export const ChannelsWrite = defineScope({ name: 'channels:write', roles: ['OWNER', 'STAFF'] });

/** Allows reading the uploaded pictures of the shop. Shoppers do not need this scope to see the pictures of products. */
export const MediaRead = defineScope({ name: 'media:read', roles: ['OWNER', 'STAFF'] });

/** Allows uploading, changing and deleting pictures. */
export const MediaWrite = defineScope({ name: 'media:write', roles: ['OWNER', 'STAFF'] });

/** Allows reading all reviews, with those that shoppers cannot see, and their reports. */
export const ReviewsRead = defineScope({ name: 'reviews:read', roles: ['OWNER', 'STAFF'] });

/** Allows publishing, rejecting and answering reviews. */
export const ReviewsWrite = defineScope({ name: 'reviews:write', roles: ['OWNER', 'STAFF'] });

const option = z.object({ name: z.string(), value: z.string() });

/** The current price of a variant, with the data that an order line copies. */
export const pricedLineSchema = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  sku: z.string(),
  productName: z.string(),
  variantName: z.string(),
  options: z.array(option),
  /**
   * The ids of the product's categories with their ancestors, and of its collections. @default none. Replies of earlier versions lack this
   * field.
   */
  listIds: z.array(z.uuid()).default([]),
  /** The price per unit for a line of one unit, in the requested currency, with at most six decimal places. */
  unitPrice: decimalSchema,
  /** The prices per unit for larger lines. A tier applies to lines of at least `fromQuantity` units, up to the next tier. @default none */
  tiers: z
    .array(
      z.object({
        fromQuantity: z.int().min(2),
        unitPrice: decimalSchema,
        includesTax: z.boolean().nullable().optional(),
      }),
    )
    .optional(),
  /** Whether `unitPrice` includes the tax. When null, the shop's setting applies. @default null */
  includesTax: z.boolean().nullable().optional(),
  /** The code of the product's tax category. The standard rate applies when it is absent or null. */
  taxCategory: z.string().nullable().optional(),
  /** The weight of one unit with its packaging. Absent or null when it is unknown. */
  weightGrams: z.int().min(0).nullable().optional(),
});
export type PricedLine = z.infer<typeof pricedLineSchema>;

export const priceLinesErrorSchema = z.object({
  code: z.enum(['VARIANT_NOT_FOUND', 'PRICE_MISSING']),
  /** The variants that cannot be sold: unknown, unpublished, or without a price in the currency. */
  variantIds: z.array(z.uuid()),
});

/**
 * Returns the prices that the caller pays for variants in a currency, with the data that order lines copy. The caller's customer groups
 * decide which price lists apply.
 * The reply has one line for each distinct variant.
 */
export const PriceLines = defineCommand({
  name: 'catalog.priceLines',
  version: 1,
  request: z.object({
    currency: z.string(),
    locale: z.string(),
    variantIds: z.array(z.uuid()).min(1).max(500),
    /** The country of delivery (ISO 3166-1). Price lists for certain countries do not apply when it is null. @default null */
    countryCode: z.string().nullable().optional(),
    /** The sales channel of the sale. Price lists for certain channels do not apply when it is null. @default the channel of the caller */
    channelId: z.uuid().nullable().optional(),
  }),
  reply: resultOf(z.object({ lines: z.array(pricedLineSchema) }), priceLinesErrorSchema),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Returns the SKUs that belong to a variant, including variants of drafts. SKUs are compared in their canonical form. Letter case matters.
 */
export const KnownSkus = defineCommand({
  name: 'catalog.knownSkus',
  version: 1,
  request: z.object({ skus: z.array(z.string()).min(1).max(500) }),
  reply: z.object({ skus: z.array(z.string()) }),
  idempotent: true,
  callers: ['inventory'],
});

/** A product, one of its variants or one of its prices was added or changed. */
export const ProductChanged = defineEvent({
  subject: 'catalog.product.changed',
  version: 1,
  payload: z.object({ productId: z.uuid(), slug: z.string() }),
});

/** A brand was added, changed or deleted. */
export const BrandChanged = defineEvent({
  subject: 'catalog.brand.changed',
  version: 1,
  payload: z.object({ brandId: z.uuid() }),
});

/** A category was added, changed, moved or deleted. */
export const CategoryChanged = defineEvent({
  subject: 'catalog.category.changed',
  version: 1,
  payload: z.object({ categoryId: z.uuid() }),
});

/** A collection was added, changed or deleted, or its products changed. */
export const CollectionChanged = defineEvent({
  subject: 'catalog.collection.changed',
  version: 1,
  payload: z.object({ collectionId: z.uuid() }),
});

/** An import added several objects. This event replaces the events of the single objects. Aggregate: the tenant. */
export const CatalogImported = defineEvent({
  subject: 'catalog.catalog.imported',
  version: 1,
  payload: z.object({ created: z.int().min(1) }),
});

/** An import of a file started, made progress, or ended. Aggregate: the import. */
export const ImportChanged = defineEvent({
  subject: 'catalog.import.changed',
  version: 1,
  payload: z.object({
    importId: z.uuid(),
    status: z.enum(['UPLOADING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED']),
  }),
});

/** Products sold out, or became available again. Aggregate: the tenant. */
export const ProductsStockTurned = defineEvent({
  subject: 'catalog.products.stock_turned',
  version: 1,
  payload: z.object({ productIds: z.array(z.uuid()).min(1) }),
});

/** A price list was added, changed or deleted, or its prices changed. */
export const PriceListChanged = defineEvent({
  subject: 'catalog.price_list.changed',
  version: 1,
  payload: z.object({ priceListId: z.uuid(), change: z.enum(['CREATED', 'UPDATED', 'DELETED', 'PRICES_CHANGED']) }),
});

/** A sales channel was added, changed or deleted. */
export const ChannelChanged = defineEvent({
  subject: 'catalog.channel.changed',
  version: 1,
  payload: z.object({ channelId: z.uuid(), change: z.enum(['CREATED', 'UPDATED', 'DELETED']) }),
});

/** A picture was uploaded, changed or deleted, or its resized variants were created or failed. */
export const MediaChanged = defineEvent({
  subject: 'catalog.media.changed',
  version: 1,
  payload: z.object({ mediaId: z.uuid(), change: z.enum(['UPLOADED', 'READY', 'FAILED', 'UPDATED', 'DELETED']) }),
});

/** The search index now contains recent changes of products. Aggregate: the tenant. */
export const SearchIndexed = defineEvent({
  subject: 'catalog.search.indexed',
  version: 1,
  payload: z.object({ products: z.int().min(0) }),
});

/** Lists the sales channels of a tenant, at most 100. The gateway finds the channel of each request among them. */
export const ChannelsRoute = defineRoute({
  path: '/channels',
  callers: 'GATEWAYS',
  query: z.object({ tenant: z.uuid() }),
  reply: z.object({
    channels: z.array(z.object({ id: z.uuid(), code: z.string(), active: z.boolean(), isDefault: z.boolean() })),
  }),
});

const REVIEW_CHANGES = ['SUBMITTED', 'PUBLISHED', 'REJECTED', 'REPLIED', 'REPORTED', 'DELETED'] as const;
export type ReviewChangeKind = (typeof REVIEW_CHANGES)[number];

/**
 * A customer wrote, changed, reported or deleted a review, or the shop decided about it. `status` is the status after the change.
 * Aggregate: the review.
 */
export const ReviewChanged = defineEvent({
  subject: 'catalog.review.changed',
  version: 1,
  payload: z.object({
    reviewId: z.uuid(),
    productId: z.uuid(),
    status: z.enum(['PENDING', 'PUBLISHED', 'REJECTED']),
    change: z.enum(REVIEW_CHANGES),
  }),
});
