import { isSameRange, pageRange, type PageRange } from '@souk/kit/domain';
import { selectionOfNodes, type Selection } from '../selection.ts';

/** The prices of a variant that a request needs. */
export type WantedPrices = 'NONE' | 'DEFAULT_CURRENCY' | 'ALL';

/** The columns that each field of a product needs. */
const PRODUCT_COLUMNS = {
  id: ['id'],
  nodeId: ['id'],
  slug: ['slug'],
  name: ['name'],
  description: ['description'],
  baseSku: ['baseSku'],
  status: ['status'],
  publishedAt: ['publishedAt'],
  externalReference: ['externalReference'],
  taxCategory: ['taxCategory'],
  tags: ['tags'],
  seoTitle: ['seoTitle'],
  seoDescription: ['seoDescription'],
  hsCode: ['hsCode'],
  originCountry: ['originCountry'],
  options: ['options'],
  createdAt: ['createdAt'],
  createdBy: ['createdBy'],
  updatedAt: ['updatedAt'],
  updatedBy: ['updatedBy'],
  version: ['version'],
  priceRange: ['priceRanges', 'defaultCurrency'],
  rating: ['ratingCounts'],
} as const;
export type ProductColumn = (typeof PRODUCT_COLUMNS)[keyof typeof PRODUCT_COLUMNS][number];

/** The column that each field of a variant needs. */
const VARIANT_COLUMNS = {
  sku: 'sku',
  name: 'name',
  options: 'options',
  weightGrams: 'weight_grams',
  content: 'content',
  barcode: 'barcode',
  size: 'size',
  unitPrice: 'content',
  externalReference: 'external_reference',
  createdAt: 'created_at',
  createdBy: 'created_by',
  updatedAt: 'updated_at',
  updatedBy: 'updated_by',
  version: 'version',
} as const;
/** The columns of a variant that are read only when they are selected. */
export type VariantColumn = (typeof VARIANT_COLUMNS)[keyof typeof VARIANT_COLUMNS];
const ALL_VARIANT_COLUMNS: readonly VariantColumn[] = [...new Set(Object.values(VARIANT_COLUMNS))];

/** The columns and details of a variant that a request needs. */
export interface WantedOfVariant {
  readonly columns: readonly VariantColumn[];
  readonly prices: WantedPrices;
  readonly attributes: boolean;
}

/** The page of variants to load with each product. */
export interface WantedVariants extends WantedOfVariant {
  readonly range: PageRange;
}

/** The columns and details of products that a request needs. They are loaded in the transaction that reads the products. */
export interface WantedOfProduct {
  /** The columns to read. Null means all columns, because any column may be needed. */
  readonly columns: readonly ProductColumn[] | null;
  readonly brand: boolean;
  readonly categories: boolean;
  readonly collections: boolean;
  readonly attributes: boolean;
  readonly media: boolean;
  /**
   * Null when the request does not select variants, when the page is invalid, or when aliases request different pages. A resolver then
   * loads the pages later.
   */
  readonly variants: WantedVariants | null;
}

export const NOTHING_MORE: WantedOfProduct = {
  columns: null,
  brand: false,
  categories: false,
  collections: false,
  attributes: false,
  media: false,
  variants: null,
};
export const ALL_OF_VARIANT: WantedOfVariant = { columns: ALL_VARIANT_COLUMNS, prices: 'ALL', attributes: false };

/** The details that a selection on products needs. */
export function wantedOfProduct(product: Selection): WantedOfProduct {
  return {
    columns: productColumns(product),
    brand: product.has('brand'),
    categories: product.has('categories'),
    collections: product.has('collections'),
    attributes: product.has('attributes'),
    media: product.has('media'),
    variants: product.has('variants') ? wantedVariants(product.below('variants')) : null,
  };
}

/** The details that a selection on variants needs. */
export function wantedOfVariant(variant: Selection): WantedOfVariant {
  const columns = Object.entries(VARIANT_COLUMNS).filter(([field]) => variant.has(field));
  return {
    columns: [...new Set(columns.map(([, column]) => column))],
    prices: wantedPrices(variant),
    attributes: variant.has('attributes'),
  };
}

/**
 * The columns that a selection on products needs. Null means all columns. The result is null when `variants { product }` selects the
 * product again with other fields.
 */
function productColumns(product: Selection): readonly ProductColumn[] | null {
  if (selectionOfNodes(product.below('variants')).has('product')) return null;
  const columns = Object.entries(PRODUCT_COLUMNS).filter(([field]) => field === 'id' || product.has(field));
  return [...new Set(columns.flatMap(([, shown]) => shown))];
}

function wantedVariants(list: Selection): WantedVariants | null {
  const [range, ...others] = list.uses.map(rangeOfUse);
  if (!range || others.some((other) => !other || !isSameRange(range, other))) return null;
  const [nodes, edges] = [list.below('nodes'), list.below('edges').below('node')].map(wantedOfVariant);
  return {
    range,
    columns: ALL_VARIANT_COLUMNS.filter((column) => nodes?.columns.includes(column) || edges?.columns.includes(column)),
    prices: morePrices(nodes?.prices ?? 'NONE', edges?.prices ?? 'NONE'),
    attributes: Boolean(nodes?.attributes) || Boolean(edges?.attributes),
  };
}

function rangeOfUse({ first, after, last, before }: Readonly<Record<string, unknown>>): PageRange | null {
  const range = pageRange({
    first: numberOrNull(first),
    after: textOrNull(after),
    last: numberOrNull(last),
    before: textOrNull(before),
  });
  return range.ok ? range.value : null;
}

const numberOrNull = (value: unknown) => (typeof value === 'number' ? value : null);
const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);

/** The fields of a variant whose values come from an offer. */
const PRICE_FIELDS = ['price', 'compareAtPrice', 'priceIncludesTax', 'unitPrice'] as const;

function wantedPrices(variant: Selection): WantedPrices {
  const asked = PRICE_FIELDS.flatMap((field) => variant.below(field).uses).filter(isOfListedOffers);
  if (variant.has('prices') || asked.some(({ currencyCode }) => typeof currencyCode === 'string')) return 'ALL';
  return asked.length > 0 ? 'DEFAULT_CURRENCY' : 'NONE';
}

/**
 * Whether the prices that are loaded with a list contain the value of a field with these arguments. Prices for other quantities or for a
 * country are loaded later in one batch.
 */
function isOfListedOffers({ quantity, countryCode }: Readonly<Record<string, unknown>>): boolean {
  return (quantity ?? 1) === 1 && typeof countryCode !== 'string';
}

function morePrices(one: WantedPrices, other: WantedPrices): WantedPrices {
  return one === 'NONE' ? other : other === 'NONE' ? one : one === other ? one : 'ALL';
}
