import { csvLine, defused } from '../import/reading/csv-text.ts';
import { htmlOfText } from '../import/reading/html-text.ts';
import { listCell, pairsCell } from '../import/item/cells.ts';
import { SOUK_COLUMNS } from '../import/item/souk-format.ts';
import type { StoredItem } from '../import/item/plan-item.ts';
import type { AttributeDraft, NewVariant } from '../variant/variant-draft.ts';

export const EXPORT_FORMATS = ['SOUK_CSV', 'SHOPIFY_CSV', 'JSONL'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The currencies and languages that decide the columns of a file, and the slugs that replace ids. */
export interface ExportTerms {
  readonly currencies: readonly string[];
  readonly locales: readonly string[];
  /** The currency of the prices in a format with a single price column. */
  readonly currency: string;
  /** Slugs of brands, categories and collections by id. */
  readonly slugs: ReadonlyMap<string, string>;
  /** Names of brands by id. */
  readonly brandNames: ReadonlyMap<string, string>;
}

const TRANSLATED = ['name', 'description', 'seo_title', 'seo_description'] as const;

/** The text of the file before the first product, such as a header line. Empty for JSONL. */
export function exportHead(format: ExportFormat, { currencies, locales }: ExportTerms): string {
  if (format === 'JSONL') return '';
  const souk = [
    ...SOUK_COLUMNS,
    ...currencies.map((currency) => `price:${currency}`),
    ...locales.flatMap((locale) => TRANSLATED.map((column) => `${column}:${locale}`)),
  ];
  return `\ufeff${csvLine(format === 'SOUK_CSV' ? souk : SHOPIFY_HEADER)}`;
}

/** The lines of one product, each with its line end. */
export function exportLines(format: ExportFormat, item: StoredItem, terms: ExportTerms): string {
  if (format === 'JSONL') return `${JSON.stringify(jsonOf(item, terms))}\n`;
  const rows = format === 'SOUK_CSV' ? soukRows(item, terms) : shopifyRows(item, terms);
  return rows.map((row) => csvLine(row.map(defused))).join('');
}

const pairsOf = (attributes: readonly AttributeDraft[]) =>
  attributes.flatMap(({ code, values }) => values.map((value) => ({ name: code, value })));

const slugsOf = (ids: readonly string[], { slugs }: ExportTerms) => ids.flatMap((id) => slugs.get(id) ?? []);

/** Adds a zero to an amount with three decimal places. A later import could read `1.234` as 1234, but reads `1.2340` correctly. */
const provenAmount = (amount: string) => (/\.\d{3}$/.test(amount) ? `${amount}0` : amount);

function soukRows(item: StoredItem, terms: ExportTerms): readonly string[][] {
  const { currencies, locales } = terms;
  const product = [
    item.slug,
    item.name,
    item.description,
    item.status,
    item.taxCategory ?? '',
    item.baseSku,
    item.externalReference ?? '',
    listCell(slugsOf(item.categoryIds, terms)),
    listCell(slugsOf(item.collectionIds, terms)),
    pairsCell(pairsOf(item.attributes)),
    listCell(item.media.map(({ url }) => url)),
    item.media.some(({ alt }) => alt) ? listCell(item.media.map(({ alt }) => alt ?? '')) : '',
    item.brandId === null ? '' : (terms.slugs.get(item.brandId) ?? ''),
    listCell(item.tags),
    item.seoTitle ?? '',
    item.seoDescription ?? '',
    item.hsCode ?? '',
    item.originCountry ?? '',
  ];
  const texts = new Map(item.translations.map((each) => [each.locale, each]));
  const translated = locales.flatMap((locale) => {
    const { name, description, seoTitle, seoDescription } = texts.get(locale) ?? {};
    return [name ?? '', description ?? '', seoTitle ?? '', seoDescription ?? ''];
  });
  const [first, ...others] = item.variants;
  const blank = [item.slug, ...product.slice(1).map(() => '')];
  return [
    [...product, ...(first ? soukVariant(first, currencies) : noVariant(currencies)), ...translated],
    ...others.map((variant) => [...blank, ...soukVariant(variant, currencies), ...translated.map(() => '')]),
  ];
}

function soukVariant(variant: NewVariant, currencies: readonly string[]): string[] {
  const prices = new Map(variant.prices.map(({ currency, amount }) => [currency, amount]));
  return [
    variant.sku,
    variant.name,
    pairsCell(variant.options),
    variant.weightGrams === null ? '' : String(variant.weightGrams),
    variant.barcode ?? '',
    ...(variant.size ? [variant.size.lengthMm, variant.size.widthMm, variant.size.heightMm].map(String) : ['', '', '']),
    variant.content ? provenAmount(variant.content.amount) : '',
    variant.content?.unit ?? '',
    variant.externalReference ?? '',
    pairsCell(pairsOf(variant.attributes)),
    ...currencies.map((currency) => provenAmount(prices.get(currency) ?? '')),
  ];
}

const noVariant = (currencies: readonly string[]) => [
  ...SOUK_COLUMNS.slice(SOUK_COLUMNS.indexOf('sku')).map(() => ''),
  ...currencies.map(() => ''),
];

const SHOPIFY_HEADER = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Price',
  'Variant Barcode',
  'Image Src',
  'Image Position',
  'Image Alt Text',
  'SEO Title',
  'SEO Description',
  'Status',
];

function shopifyRows(item: StoredItem, { currency, brandNames }: ExportTerms): readonly string[][] {
  const count = Math.max(1, item.variants.length, item.media.length);
  return Array.from({ length: count }, (_, index) => {
    const media = item.media[index];
    return [
      item.slug,
      ...(index === 0 ? shopifyProduct(item, brandNames) : Array.from({ length: 6 }, () => '')),
      ...shopifyVariant(item, item.variants[index], { currency, isFirst: index === 0 }),
      ...(media ? [media.url, String(index + 1), media.alt ?? ''] : ['', '', '']),
      ...(index === 0 ? [item.seoTitle ?? '', item.seoDescription ?? ''] : ['', '']),
      index === 0 ? (item.status === 'PUBLISHED' ? 'active' : 'draft') : '',
    ];
  });
}

function shopifyProduct(
  { name, description, attributes, status, brandId, tags }: StoredItem,
  brandNames: ReadonlyMap<string, string>,
): string[] {
  const vendor = brandId === null ? '' : (brandNames.get(brandId) ?? '');
  const type = attributes.find(({ code }) => code === 'product-type')?.values[0] ?? '';
  const isPublished = status === 'PUBLISHED' ? 'TRUE' : 'FALSE';
  return [name, htmlOfText(description), vendor, type, tags.join(', '), isPublished];
}

function shopifyVariant(
  { variants }: StoredItem,
  variant: NewVariant | undefined,
  { currency, isFirst }: { readonly currency: string; readonly isFirst: boolean },
): string[] {
  if (!variant) return Array.from({ length: 10 }, () => '');
  const options = variant.options.length === 0 && variants.length > 0 ? NO_OPTIONS : variant.options;
  const cells = [0, 1, 2].flatMap((index) => [
    isFirst ? (options[index]?.name ?? '') : '',
    options[index]?.value ?? '',
  ]);
  const price = variant.prices.find((each) => each.currency === currency)?.amount ?? '';
  const barcode = variant.barcode ?? variant.attributes.find(({ code }) => code === 'barcode')?.values[0] ?? '';
  return [
    ...cells,
    variant.sku,
    variant.weightGrams === null ? '' : String(variant.weightGrams),
    provenAmount(price),
    barcode,
  ];
}

/** Shopify writes this option for a product without options. */
const NO_OPTIONS = [{ name: 'Title', value: 'Default Title' }];

function jsonOf(item: StoredItem, terms: ExportTerms) {
  const { brandId, categoryIds, collectionIds, variants, listedAt: _listedAt, ...product } = item;
  return {
    ...product,
    brand: brandId === null ? null : (terms.slugs.get(brandId) ?? null),
    categories: slugsOf(categoryIds, terms),
    collections: slugsOf(collectionIds, terms),
    variants: variants.map(({ optionKey: _key, position: _position, ...variant }) => variant),
  };
}
