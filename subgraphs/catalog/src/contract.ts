import { decimalSchema, defineCommand, defineEvent, defineScope, resultOf } from '@souk/kit/contracts';
import { z } from 'zod';

/** Changes what the shop sells: products, variants, prices, categories, collections. Drafts are seen with it too. */
export const CatalogWrite = defineScope({ name: 'catalog:write', roles: ['OWNER', 'STAFF'] });

const option = z.object({ name: z.string(), value: z.string() });

/** What an order line keeps of a variant, and its price today. Prices include tax. */
export const pricedLineSchema = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  sku: z.string(),
  productName: z.string(),
  variantName: z.string(),
  options: z.array(option),
  /** Of one unit, in the currency asked for; up to six decimal places. */
  unitPrice: decimalSchema,
});
export type PricedLine = z.infer<typeof pricedLineSchema>;

export const priceLinesErrorSchema = z.object({
  code: z.enum(['VARIANT_NOT_FOUND', 'PRICE_MISSING']),
  /** The variants that cannot be sold: unknown, unpublished, or without a price in the currency. */
  variantIds: z.array(z.uuid()),
});

/** Prices variants in a currency and gives what an order must remember of them; one answer per distinct variant. */
export const PriceLines = defineCommand({
  name: 'catalog.priceLines',
  version: 1,
  request: z.object({ currency: z.string(), locale: z.string(), variantIds: z.array(z.uuid()).min(1).max(500) }),
  reply: resultOf(z.object({ lines: z.array(pricedLineSchema) }), priceLinesErrorSchema),
  idempotent: true,
  callers: ['orders'],
});

/** Which of the SKUs a variant has, of drafts too. SKUs are compared in their canonical form, case included. */
export const KnownSkus = defineCommand({
  name: 'catalog.knownSkus',
  version: 1,
  request: z.object({ skus: z.array(z.string()).min(1).max(500) }),
  reply: z.object({ skus: z.array(z.string()) }),
  idempotent: true,
  callers: ['inventory'],
});

/** A product, one of its variants or one of their prices was added or changed. */
export const ProductChanged = defineEvent({
  subject: 'catalog.product.changed',
  version: 1,
  payload: z.object({ productId: z.uuid(), slug: z.string() }),
});

/** A category was added, changed, moved or deleted. */
export const CategoryChanged = defineEvent({
  subject: 'catalog.category.changed',
  version: 1,
  payload: z.object({ categoryId: z.uuid() }),
});

/** A collection was added, changed or deleted, or products came into it or left it. */
export const CollectionChanged = defineEvent({
  subject: 'catalog.collection.changed',
  version: 1,
  payload: z.object({ collectionId: z.uuid() }),
});

/** An import brought in many things at once; there is no event for each. The aggregate is the tenant. */
export const CatalogImported = defineEvent({
  subject: 'catalog.catalog.imported',
  version: 1,
  payload: z.object({ created: z.int().min(1) }),
});

/** Products ran out of stock, or can be had again. The aggregate is the tenant. */
export const ProductsStockTurned = defineEvent({
  subject: 'catalog.products.stock_turned',
  version: 1,
  payload: z.object({ productIds: z.array(z.uuid()).min(1) }),
});
