import { isCurrencyCode, canonicalLocale } from '@souk/kit/domain';
import { MEASURE_UNITS, type Content } from '../../pricing/content.ts';
import { undefused } from '../reading/csv-text.ts';
import type { DecimalMark } from '../reading/decimal-mark.ts';
import type { VariantSize } from '../../variant/variant-draft.ts';
import { attributesOf, Cells, type Columns } from './cells.ts';
import type {
  GivenImage,
  GivenProduct,
  GivenTexts,
  GivenVariant,
  ImportRow,
  ProductFormat,
  ReadProduct,
  RowProblem,
} from './given-product.ts';
import { readTogether, requireWidth } from './read-together.ts';

/**
 * The fixed columns of Souk CSV. Files also have columns such as `price:EUR`, `name:de` and `seo_title:de`. The columns from `sku` on
 * describe a variant.
 */
export const SOUK_COLUMNS = [
  'slug',
  'name',
  'description',
  'status',
  'tax_category',
  'base_sku',
  'external_reference',
  'categories',
  'collections',
  'attributes',
  'images',
  'image_alts',
  'brand',
  'tags',
  'seo_title',
  'seo_description',
  'hs_code',
  'origin_country',
  'sku',
  'variant_name',
  'options',
  'weight_grams',
  'barcode',
  'length_mm',
  'width_mm',
  'height_mm',
  'content_amount',
  'content_unit',
  'variant_external_reference',
  'variant_attributes',
] as const;

const MOST_VALUES = 200;
const MAX_DESCRIPTION = 50_000;
const MAX_SEO_DESCRIPTION = 1_000;
const STOCK = /^(stock|quantity|inventory|on_hand|available)$/;

/**
 * Reads Souk CSV, which has one row for each variant. Consecutive rows with the same slug are one product. Null when the header lacks the
 * column `sku`.
 */
export function soukFormat(header: readonly string[], mark: DecimalMark | null): ProductFormat | null {
  const names = header.map((name) => knownName(name.trim()));
  const columns: Columns = new Map(names.flatMap((name, index) => (name === null ? [] : [[name, index]])));
  if (!columns.has('sku')) return null;
  const reading = { columns, mark, width: header.length };
  const slugAt = columns.get('slug');
  return {
    header,
    ownAttributes: new Map(),
    amountColumns: [...columns].flatMap(([name, index]) => (name.startsWith('price:') ? [index] : [])),
    notices: header.flatMap((column, index) =>
      names[index] === null || names.indexOf(names[index] ?? null) !== index
        ? [{ column, message: noticeOf(column) }]
        : [],
    ),
    groupOf: ({ cells, line }) => (slugAt === undefined ? '' : (cells[slugAt] ?? '').trim()) || `line ${line}`,
    read: (rows) => readProduct(rows.map(plainRow), reading),
  };
}

function noticeOf(column: string): string {
  if (STOCK.test(column.trim().toLowerCase()))
    return 'Not imported: stock belongs to warehouses. Set it with stockAdjust, or on the page Stock of the dashboard';
  return 'Not imported: the format has no such column, or the column occurs twice';
}

function knownName(name: string): string | null {
  const lower = name.toLowerCase();
  if ((SOUK_COLUMNS as readonly string[]).includes(lower)) return lower;
  const [, kind = '', detail = ''] = /^(price|name|description|seo_title|seo_description):(.+)$/i.exec(name) ?? [];
  if (kind.toLowerCase() === 'price')
    return isCurrencyCode(detail.toUpperCase()) ? `price:${detail.toUpperCase()}` : null;
  const locale = detail === '' ? null : canonicalLocale(detail);
  return locale ? `${kind.toLowerCase()}:${locale}` : null;
}

const plainRow = ({ line, cells }: ImportRow): ImportRow => ({ line, cells: cells.map(undefused) });

interface Reading {
  readonly columns: Columns;
  readonly mark: DecimalMark | null;
  readonly width: number;
}

function readProduct(rows: readonly ImportRow[], reading: Reading): ReadProduct {
  const problems: RowProblem[] = [];
  const cells = rows.map((row) => new Cells(row, reading.columns, problems));
  for (const [index, row] of rows.entries()) requireWidth(row, reading.width, cells[index]);
  const [first] = cells;
  if (!first) return { rows, product: null, problems };
  const product: GivenProduct = {
    rows,
    slug: first.text('slug') ?? null,
    ...productTexts(cells),
    translations: translationsOf(cells, reading.columns),
    variants: cells.flatMap((each, index) => variantOf(each, rows[index]?.line ?? 0, reading) ?? []),
  };
  return { rows, product: problems.length > 0 ? null : product, problems };
}

function productTexts(cells: readonly Cells[]) {
  const name = readTogether(cells, 'name', (each) => each.text('name'));
  const description = readTogether(cells, 'description', (each) => each.text('description', MAX_DESCRIPTION));
  const baseSku = readTogether(cells, 'base_sku', (each) => each.text('base_sku', 100));
  const status = readTogether(cells, 'status', (each) => each.oneOf('status', ['DRAFT', 'PUBLISHED'] as const));
  const reference = readTogether(cells, 'external_reference', (each) => each.text('external_reference'));
  const tax = readTogether(cells, 'tax_category', (each) => each.text('tax_category', 50));
  const categories = listOf(cells, 'categories');
  const collections = listOf(cells, 'collections');
  const attributes = readTogether(cells, 'attributes', (each) => filled(each.pairs('attributes', 500)));
  return {
    ...(name && { name }),
    ...(description !== undefined && { description: description ?? '' }),
    ...(baseSku && { baseSku }),
    ...(status && { status }),
    ...(reference !== undefined && { externalReference: reference }),
    ...(tax !== undefined && { taxCategory: tax }),
    ...(categories && { categories }),
    ...(collections && { collections }),
    ...detailsOf(cells),
    ...(attributes !== undefined && { attributes: attributesOf(attributes ?? []) }),
    ...imagesOf(cells),
  };
}

function detailsOf(cells: readonly Cells[]): Pick<GivenProduct, 'brand' | 'details'> {
  const text = (column: string, max?: number) => readTogether(cells, column, (each) => each.text(column, max));
  const brand = text('brand');
  const tags = listOf(cells, 'tags');
  const details = {
    tags,
    seoTitle: text('seo_title'),
    seoDescription: text('seo_description', MAX_SEO_DESCRIPTION),
    hsCode: text('hs_code', 30),
    originCountry: text('origin_country', 30),
  };
  return { ...(brand !== undefined && { brand: brand ? { slug: brand, name: null } : null }), details };
}

const filled = <Item>(list: readonly Item[] | undefined) => (list?.length === 0 ? null : list);

function listOf(cells: readonly Cells[], column: string): readonly string[] | undefined {
  const list = readTogether(cells, column, (each) => filled(each.list(column, MOST_VALUES)));
  return list === null ? [] : list;
}

function imagesOf(cells: readonly Cells[]): { readonly images?: readonly GivenImage[] } {
  const urls = listOf(cells, 'images');
  if (!urls) return {};
  const alts = listOf(cells, 'image_alts') ?? [];
  const wrong = urls.find((url) => !/^(https?:\/\/|\/)/.test(url));
  if (wrong !== undefined)
    cells[0]?.note('images', 'INVALID_VALUE', `"${wrong.slice(0, 100)}" is no address of a picture`, {
      suggestion: 'Write addresses that begin with https://, separated by |',
    });
  return { images: urls.map((url, index) => ({ url, alt: alts[index] ?? '' })) };
}

/** The translated fields by the beginning of their column, each with its maximum number of characters. */
const TRANSLATED: Readonly<Record<string, readonly [field: keyof GivenTexts, max: number]>> = {
  name: ['name', 255],
  description: ['description', MAX_DESCRIPTION],
  seo_title: ['seoTitle', 255],
  seo_description: ['seoDescription', MAX_SEO_DESCRIPTION],
};

function translationsOf(cells: readonly Cells[], columns: Columns): ReadonlyMap<string, GivenTexts> {
  const texts = new Map<string, GivenTexts>();
  for (const column of columns.keys()) {
    const [kind, locale] = column.split(':');
    const [field, max] = TRANSLATED[kind ?? ''] ?? [];
    if (locale === undefined || field === undefined) continue;
    const text = readTogether(cells, column, (each) => each.text(column, max)) ?? null;
    texts.set(locale, { ...texts.get(locale), [field]: text });
  }
  return texts;
}

/** The variant of a row. Null when the row describes a product without variants. */
function variantOf(cells: Cells, line: number, { columns, mark }: Reading): GivenVariant | null {
  const sku = cells.text('sku', 100) ?? null;
  const name = cells.text('variant_name');
  const options = cells.pairs('options', 20);
  const weight = cells.text('weight_grams');
  const reference = cells.text('variant_external_reference');
  const attributes = cells.pairs('variant_attributes', 500);
  const prices = pricesOf(cells, columns, mark);
  const content = contentOf(cells, mark);
  const barcode = cells.text('barcode', 30);
  const size = sizeOf(cells);
  if (sku === null) {
    const isFilled = [name, weight, reference, content, barcode, size, ...prices.values(), ...(options ?? [])].some(
      (each) => each !== null && each !== undefined,
    );
    if (isFilled) cells.note('sku', 'REQUIRED', 'A variant needs a SKU');
    return null;
  }
  if (weight && !/^\d{1,9}$/.test(weight))
    cells.note('weight_grams', 'INVALID_NUMBER', 'A weight is a whole number of grams');
  return {
    line,
    sku,
    prices,
    ...(name !== undefined && { name }),
    ...(options && { options }),
    ...(weight !== undefined && { weightGrams: weight === null ? null : Number(weight) }),
    ...(content !== undefined && { content }),
    ...(barcode !== undefined && { barcode }),
    ...(size !== undefined && { size }),
    ...(reference !== undefined && { externalReference: reference }),
    ...(attributes && { attributes: attributesOf(attributes) }),
  };
}

function pricesOf(cells: Cells, columns: Columns, mark: DecimalMark | null): ReadonlyMap<string, string | null> {
  const prices = new Map<string, string | null>();
  for (const column of columns.keys())
    if (column.startsWith('price:')) prices.set(column.slice('price:'.length), cells.amount(column, mark) ?? null);
  return prices;
}

function sizeOf(cells: Cells): VariantSize | null | undefined {
  const texts = SIZE_COLUMNS.map((column) => cells.text(column));
  const [lengthMm, widthMm, heightMm] = texts.map((text) =>
    text && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : null,
  );
  if (texts.some((text) => text === undefined)) return undefined;
  if (texts.every((text) => text === null)) return null;
  if (lengthMm && widthMm && heightMm) return { lengthMm, widthMm, heightMm };
  cells.note('length_mm', 'INVALID_NUMBER', 'A size has a length, a width and a height in whole millimeters');
  return null;
}

const SIZE_COLUMNS = ['length_mm', 'width_mm', 'height_mm'] as const;

function contentOf(cells: Cells, mark: DecimalMark | null): Content | null | undefined {
  const written = cells.amount('content_amount', mark);
  // An export appends a zero to every amount with exactly three decimal places. This line removes the zero again. See `provenAmount`.
  const amount = typeof written === 'string' ? written.replace(/(\.\d{3})0+$/, '$1') : written;
  const unit = cells.oneOf('content_unit', MEASURE_UNITS);
  if (amount === undefined || unit === undefined) return undefined;
  if ((amount === null) !== (unit === null))
    cells.note('content_unit', 'REQUIRED', 'A content has an amount and a unit');
  return amount === null || unit === null ? null : { amount, unit };
}
