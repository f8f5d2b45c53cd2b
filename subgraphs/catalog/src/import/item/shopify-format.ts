import { barcodeOf } from '../../variant/barcode.ts';
import { slugFrom } from '../../slug/slug.ts';
import type { DecimalMark } from '../reading/decimal-mark.ts';
import { textOfHtml } from '../reading/html-text.ts';
import { undefused } from '../reading/csv-text.ts';
import { Cells, type Columns } from './cells.ts';
import type {
  GivenImage,
  GivenProduct,
  GivenVariant,
  ImportRow,
  ProductFormat,
  ReadProduct,
  RowProblem,
} from './given-product.ts';
import { requireWidth } from './read-together.ts';

/** The columns that an import reads, each with its names in the older and newer format of Shopify's files. */
const SHOPIFY_COLUMNS = {
  handle: ['handle', 'url handle'],
  title: ['title'],
  body: ['body (html)', 'description'],
  vendor: ['vendor'],
  type: ['type'],
  tags: ['tags'],
  published: ['published', 'published on online store'],
  status: ['status'],
  option1Name: ['option1 name'],
  option1Value: ['option1 value'],
  option2Name: ['option2 name'],
  option2Value: ['option2 value'],
  option3Name: ['option3 name'],
  option3Value: ['option3 value'],
  sku: ['variant sku', 'sku'],
  grams: ['variant grams', 'weight value (grams)'],
  price: ['variant price', 'price'],
  barcode: ['variant barcode', 'barcode'],
  imageUrl: ['image src', 'product image url'],
  imageAlt: ['image alt text'],
  seoTitle: ['seo title'],
  seoDescription: ['seo description'],
} as const;

type Column = keyof typeof SHOPIFY_COLUMNS;

/** Columns that are not imported, each with the remark for staff. */
const NOTICES: readonly (readonly [RegExp, string])[] = [
  [
    /inventory (qty|quantity)/,
    'Not imported: stock belongs to warehouses. Set it with stockAdjust, or on the page Stock of the dashboard',
  ],
  [/compare.at price/, 'Not imported: prices before a reduction belong to price lists'],
  [/cost/, 'Not imported: Souk has no purchase prices'],
];

/** Attributes that store the columns for which a product has no field. */
const OWN_ATTRIBUTES = new Map([
  ['product-type', 'Product type'],
  ['barcode', 'Barcode'],
]);

/**
 * Reads the older and the newer format of Shopify's product CSV. Null when the header lacks the handle or the title.
 * @param currency the currency of all prices
 */
export function shopifyFormat(
  header: readonly string[],
  mark: DecimalMark | null,
  currency: string,
): ProductFormat | null {
  const lower = header.map((name) => name.trim().toLowerCase());
  const columns: Columns = new Map(
    Object.entries(SHOPIFY_COLUMNS).flatMap(([column, names]) => {
      const index = lower.findIndex((name) => (names as readonly string[]).includes(name));
      return index < 0 ? [] : [[column, index]];
    }),
  );
  const handleAt = columns.get('handle');
  const priceAt = columns.get('price');
  if (handleAt === undefined || !columns.has('title')) return null;
  const reading = { columns, mark, currency, width: header.length };
  return {
    header,
    ownAttributes: OWN_ATTRIBUTES,
    amountColumns: priceAt === undefined ? [] : [priceAt],
    notices: header.flatMap((column, index) => {
      const [, message] = NOTICES.find(([pattern]) => pattern.test(lower[index] ?? '')) ?? [];
      return message === undefined ? [] : [{ column, message }];
    }),
    groupOf: ({ cells, line }) => (cells[handleAt] ?? '').trim() || `line ${line}`,
    read: (rows) => readProduct(rows.map(plainRow), reading),
  };
}

const plainRow = ({ line, cells }: ImportRow): ImportRow => ({ line, cells: cells.map(undefused) });

interface Reading {
  readonly columns: Columns;
  readonly mark: DecimalMark | null;
  readonly currency: string;
  readonly width: number;
}

class ShopifyCells extends Cells {
  of(column: Column, max?: number): string | null {
    return this.text(column, max) ?? null;
  }
}

function readProduct(rows: readonly ImportRow[], reading: Reading): ReadProduct {
  const problems: RowProblem[] = [];
  const cells = rows.map((row) => new ShopifyCells(row, reading.columns, problems));
  for (const [index, row] of rows.entries()) requireWidth(row, reading.width, cells[index]);
  const [first] = cells;
  if (!first) return { rows, product: null, problems };
  const handle = first.of('handle');
  const slug = handle === null ? null : slugFrom(handle);
  if (slug === null) first.note('handle', 'REQUIRED', 'A product needs a handle with letters or digits');
  const names = optionNames(cells);
  const variants = cells.flatMap(
    (each, index) => variantOf(each, rows[index]?.line ?? 0, { ...reading, names, slug: slug ?? '' }) ?? [],
  );
  const product: GivenProduct = {
    rows,
    slug,
    ...texts(first, reading.columns),
    ...detailsOf(first, reading.columns),
    ...(reading.columns.has('imageUrl') && { images: imagesOf(cells) }),
    someAttributes: productAttributes(first, reading.columns),
    translations: new Map(),
    variants,
  };
  const named = problems.map((problem) => ({ ...problem, column: problem.column && nameOf(problem.column) }));
  return { rows, product: problems.length > 0 ? null : product, problems: named };
}

/** The name by which messages to staff call a column: its name in Shopify's newer format. */
function nameOf(column: string): string {
  return (SHOPIFY_COLUMNS as Readonly<Record<string, readonly string[]>>)[column]?.at(-1) ?? column;
}

function texts(first: ShopifyCells, columns: Columns) {
  const name = first.of('title');
  const body = first.of('body', 200_000);
  const description = body === null ? '' : textOfHtml(body);
  if (description.length > 50_000) first.note('body', 'TOO_LONG', 'The text has more than 50000 characters');
  const status = statusOf(first, columns);
  return {
    ...(name !== null && { name }),
    ...(columns.has('body') && { description }),
    ...(status && { status }),
  };
}

function statusOf(first: ShopifyCells, columns: Columns): 'DRAFT' | 'PUBLISHED' | null {
  const status = columns.has('status') ? first.oneOf('status', ['ACTIVE', 'DRAFT', 'ARCHIVED', 'UNLISTED']) : undefined;
  const published = first.of('published')?.toLowerCase();
  if (status !== undefined && status !== null)
    return status === 'ACTIVE' && published !== 'false' ? 'PUBLISHED' : 'DRAFT';
  return published === undefined ? null : published === 'true' ? 'PUBLISHED' : 'DRAFT';
}

function productAttributes(first: ShopifyCells, columns: Columns): ReadonlyMap<string, readonly string[]> {
  const type = first.of('type');
  return new Map(columns.has('type') ? [['product-type', type === null ? [] : [type]]] : []);
}

function detailsOf(first: ShopifyCells, columns: Columns): Pick<GivenProduct, 'brand' | 'details'> {
  const vendor = first.of('vendor');
  const slug = vendor === null ? null : slugFrom(vendor);
  if (vendor !== null && slug === null) first.note('vendor', 'INVALID_VALUE', 'A vendor needs letters or digits');
  const tags = (first.of('tags', 20_000) ?? '').split(',').filter((tag) => tag.trim() !== '');
  return {
    ...(columns.has('vendor') && { brand: vendor === null || slug === null ? null : { slug, name: vendor } }),
    details: {
      ...(columns.has('tags') && { tags }),
      ...(columns.has('seoTitle') && { seoTitle: first.of('seoTitle') }),
      ...(columns.has('seoDescription') && { seoDescription: first.of('seoDescription', 1_000) }),
    },
  };
}

/** The pictures in all rows of a product. Rows that have only a picture are included. */
function imagesOf(cells: readonly ShopifyCells[]): readonly GivenImage[] {
  const byUrl = new Map<string, GivenImage>();
  for (const each of cells) {
    const url = each.of('imageUrl', 2048);
    if (url === null || byUrl.has(url)) continue;
    if (/^(https?:\/\/|\/)/.test(url)) byUrl.set(url, { url, alt: each.of('imageAlt', 512) ?? '' });
    else each.note('imageUrl', 'INVALID_VALUE', `"${url.slice(0, 100)}" is no address of a picture`);
  }
  return [...byUrl.values()];
}

/**
 * The names of the options, which only the first row of a product contains. The option "Title" with "Default Title" means that the product
 * has no options.
 */
function optionNames(cells: readonly ShopifyCells[]): readonly (string | null)[] {
  return (['option1Name', 'option2Name', 'option3Name'] as const).map((column, index) => {
    const name = cells.map((each) => each.of(column, 100)).find((each) => each !== null) ?? null;
    const value = cells[0]?.of((['option1Value', 'option2Value', 'option3Value'] as const)[index] ?? 'option1Value');
    return name === 'Title' && value === 'Default Title' ? null : name;
  });
}

/** The variant of a row. Null when the row has only a picture. */
function variantOf(
  cells: ShopifyCells,
  line: number,
  { columns, mark, currency, names, slug }: Reading & { names: readonly (string | null)[]; slug: string },
): GivenVariant | null {
  const values = (['option1Value', 'option2Value', 'option3Value'] as const).map((column) => cells.of(column, 100));
  const price = cells.amount('price', mark);
  const sku = cells.of('sku', 100);
  const barcode = cells.of('barcode');
  const grams = cells.of('grams');
  if (sku === null && price === null && values.every((value) => value === null)) return null;
  const options = names.flatMap((name, index) => (name === null ? [] : [{ name, value: values[index] ?? '' }]));
  if (options.some(({ value }) => value === ''))
    cells.note('option1Value', 'REQUIRED', 'The variant has no value for an option of the product');
  if (grams && !/^\d{1,9}(\.0+)?$/.test(grams))
    cells.note('grams', 'INVALID_NUMBER', 'A weight is a whole number of grams');
  return {
    line,
    sku:
      sku ??
      skuFrom(
        slug,
        options.map(({ value }) => value),
      ),
    options,
    prices: new Map(price === undefined ? [] : [[currency, price]]),
    ...(columns.has('grams') && { weightGrams: grams === null ? null : Number(grams) }),
    ...(columns.has('barcode') && barcodeFields(barcode)),
  };
}

/** The barcode of a variant. A text that is no GTIN, such as a code of the shop's own, becomes the attribute `barcode`. */
function barcodeFields(text: string | null): Pick<GivenVariant, 'barcode' | 'someAttributes'> {
  const isGtin = text !== null && barcodeOf(text, []).ok;
  return {
    barcode: isGtin ? text : null,
    someAttributes: new Map([['barcode', text === null || isGtin ? [] : [text]]]),
  };
}

/** Derives a SKU for a variant without a SKU in Shopify. Every import derives the same SKU. */
function skuFrom(slug: string, values: readonly string[]): string {
  return [slug, ...values.map((value) => slugFrom(value) ?? 'x')].join('-').toUpperCase().slice(0, 100);
}
