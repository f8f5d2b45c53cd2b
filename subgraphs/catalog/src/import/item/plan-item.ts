import { comparedText, err, ok, type Result } from '@souk/kit/domain';
import { shownAmount, type UnitPrice } from '../../pricing/price.ts';
import { planProduct, type MediaDraft, type NewProduct, type ProductDraft } from '../../product/product-draft.ts';
import type { DetailsDraft } from '../../product/product-details.ts';
import { hasTexts, translationTexts, type CatalogTranslation } from '../../translation/catalog-translation.ts';
import type { ProductOption } from '../../variant/option.ts';
import type { AttributeDraft, InvalidDraft, NewVariant, VariantDraft } from '../../variant/variant-draft.ts';
import type { GivenBrand, GivenProduct, GivenVariant, RowProblem, RowProblemCode } from './given-product.ts';

/** A stored product with all fields that an import may change. */
export type StoredItem = NewProduct;

/** The ids of the brands that a file names. */
export interface KnownBrands {
  readonly bySlug: ReadonlyMap<string, string>;
  readonly byName: ReadonlyMap<string, string>;
}

/** The id of a brand. A brand with a name is found by the name first, because its slug may differ from the name. */
export function brandIdOf({ slug, name }: GivenBrand, { bySlug, byName }: KnownBrands): string | null {
  return (name === null ? undefined : byName.get(name)) ?? bySlug.get(slug) ?? null;
}

/** The ids of the brands, categories, collections and attributes to which the products of a batch refer. */
export interface References {
  readonly brands: KnownBrands;
  readonly categories: ReadonlyMap<string, string>;
  readonly collections: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The action of an import for one product. SAME means that the file changes nothing. */
export type ItemPlan =
  | { readonly kind: 'CREATE'; readonly product: NewProduct }
  | { readonly kind: 'UPDATE'; readonly product: NewProduct; readonly stored: StoredItem }
  | { readonly kind: 'SAME' };

/** Decides whether an import creates, updates or keeps a product. @param stored the product of the shop, or null for a new product */
export function planItem(
  given: GivenProduct,
  stored: StoredItem | null,
  references: References,
  context: { readonly newId: () => string; readonly now: Date },
): Result<ItemPlan, readonly RowProblem[]> {
  const problems = unknownReferences(given, references);
  const isNameless = !stored && given.name === undefined;
  if (isNameless) problems.push(nameless(given));
  if (problems.length > 0) return err(problems);
  const { draft, lines } = merged(given, stored);
  const placement = {
    brandId:
      given.brand === undefined ? (stored?.brandId ?? null) : given.brand && brandIdOf(given.brand, references.brands),
    categoryIds: given.categories ? idsOf(given.categories, references.categories) : (stored?.categoryIds ?? []),
    collectionIds: given.collections ? idsOf(given.collections, references.collections) : (stored?.collectionIds ?? []),
  };
  const planned = planProduct(draft, placement, context);
  if (!planned.ok) return err([draftProblem(planned.error, given, lines)]);
  if (!stored) return ok({ kind: 'CREATE', product: planned.value });
  const product = asStored(planned.value, stored, context.now);
  return ok(canonical(product) === canonical(stored) ? { kind: 'SAME' } : { kind: 'UPDATE', product, stored });
}

function problemOf(
  given: GivenProduct,
  column: string | null,
  code: RowProblemCode,
  message: string,
  suggestion: string | null = null,
): RowProblem {
  return { line: given.rows[0]?.line ?? 0, column, code, message, suggestion };
}

function nameless(given: GivenProduct): RowProblem {
  if (given.slug !== null) return problemOf(given, 'name', 'REQUIRED', 'A new product needs a name');
  const sku = given.variants[0]?.sku ?? '';
  const remedy = 'Correct the SKU, or add the column name to create the product';
  return problemOf(given, 'sku', 'UNKNOWN_SKU', `No variant has the SKU "${sku}"`, remedy);
}

function unknownReferences(given: GivenProduct, references: References): RowProblem[] {
  const missing = (keys: readonly string[] | undefined, known: ReadonlyMap<string, string>) =>
    (keys ?? []).filter((key) => !known.has(key));
  const codes = [...(given.attributes ?? []), ...given.variants.flatMap(({ attributes }) => attributes ?? [])];
  const note = (kind: string, column: string, code: RowProblemCode, keys: readonly string[]) =>
    keys.map((key) =>
      problemOf(given, column, code, `There is no ${kind} "${key}"`, `Create the ${kind} first, or correct the cell`),
    );
  const { brand } = given;
  return [
    ...note(
      'brand',
      'brand',
      'UNKNOWN_BRAND',
      brand && brandIdOf(brand, references.brands) === null ? [brand.slug] : [],
    ),
    ...note('category', 'categories', 'UNKNOWN_CATEGORY', missing(given.categories, references.categories)),
    ...note('collection', 'collections', 'UNKNOWN_COLLECTION', missing(given.collections, references.collections)),
    ...note(
      'attribute',
      'attributes',
      'UNKNOWN_ATTRIBUTE',
      missing(
        codes.map(({ code }) => code),
        references.attributes,
      ),
    ),
  ];
}

const idsOf = (slugs: readonly string[], ids: ReadonlyMap<string, string>) =>
  slugs.flatMap((slug) => ids.get(slug) ?? []);

/** The draft of the product after the import. `lines` contains, for each variant of the draft, the line of the file that describes it. */
function merged(given: GivenProduct, stored: StoredItem | null): { draft: ProductDraft; lines: readonly number[] } {
  const variants = mergedVariants(given, stored);
  const drafts = variants.map(({ draft }) => draft);
  const draft: ProductDraft = {
    name: kept(given.name, stored?.name) ?? '',
    slug: given.slug ?? stored?.slug ?? null,
    description: kept(given.description, stored?.description) ?? '',
    baseSku: given.baseSku ?? stored?.baseSku ?? given.variants[0]?.sku ?? given.slug ?? '',
    externalReference:
      given.externalReference === undefined ? (stored?.externalReference ?? null) : given.externalReference,
    taxCategory: given.taxCategory === undefined ? (stored?.taxCategory ?? null) : given.taxCategory,
    ...mergedDetails(given.details ?? {}, stored),
    status: given.status ?? stored?.status ?? 'DRAFT',
    publishedAt: stored?.publishedAt ?? null,
    options: optionsOf(drafts, stored?.options ?? []),
    variants: drafts,
    attributes: mergedAttributes(stored?.attributes ?? [], given),
    translations: mergedTranslations(given, stored?.translations ?? []),
    media: given.images ? mergedMedia(given.images, stored?.media ?? []) : (stored?.media ?? []),
  };
  return { draft, lines: variants.map(({ line }) => line) };
}

/**
 * The text after the import. The cells of a file have no surrounding spaces. A stored text that differs only in such spaces is therefore
 * kept.
 */
function kept(given: string | undefined, stored: string | undefined): string | undefined {
  return given === undefined || given === stored?.trim() ? (stored ?? given) : given;
}

/** Like `kept`, for a text that may be null. */
function keptText(given: string | null, stored: string | null | undefined): string | null {
  return (given === null ? null : kept(given, stored ?? undefined)) ?? null;
}

/** The stored details with the details of the file. */
function mergedDetails(given: DetailsDraft, stored: StoredItem | null): DetailsDraft {
  const either = <Value>(ofFile: Value | undefined, ofShop: Value | undefined) =>
    ofFile === undefined ? ofShop : ofFile;
  const text = (ofFile: string | null | undefined, ofShop: string | null | undefined) =>
    ofFile === undefined ? ofShop : keptText(ofFile, ofShop);
  return {
    tags: either(given.tags, stored?.tags),
    seoTitle: text(given.seoTitle, stored?.seoTitle),
    seoDescription: text(given.seoDescription, stored?.seoDescription),
    hsCode: either(given.hsCode, stored?.hsCode),
    originCountry: either(given.originCountry, stored?.originCountry),
  };
}

interface MergedVariant {
  readonly draft: VariantDraft;
  readonly line: number;
}

/** The stored variants with their changes, followed by the new variants. Stored variants that the file lacks are kept. */
function mergedVariants(given: GivenProduct, stored: StoredItem | null): readonly MergedVariant[] {
  const bySku = new Map(given.variants.map((variant) => [comparedText(variant.sku), variant]));
  const known = (stored?.variants ?? []).map((variant) => {
    const change = bySku.get(comparedText(variant.sku));
    bySku.delete(comparedText(variant.sku));
    return { draft: change ? mergedVariant(change, variant) : variant, line: change?.line ?? given.rows[0]?.line ?? 0 };
  });
  // The filter runs on the list, because the map has only one variant per SKU. All rows with the same SKU must reach the check for
  // duplicates.
  const added = given.variants.filter(({ sku }) => bySku.has(comparedText(sku)));
  const repeated = given.variants.filter((variant, index) =>
    given.variants.slice(0, index).some(({ sku }) => comparedText(sku) === comparedText(variant.sku)),
  );
  const fresh = [...new Set([...added, ...repeated])];
  return [...known, ...fresh.map((variant) => ({ draft: mergedVariant(variant, null), line: variant.line }))];
}

function mergedVariant(given: GivenVariant, stored: NewVariant | null): VariantDraft {
  const options = given.options ?? stored?.options ?? [];
  // A default name is derived from the options, so it is derived again when the options change.
  const isSameOptions = JSON.stringify(options) === JSON.stringify(stored?.options);
  return {
    sku: stored?.sku ?? given.sku,
    name:
      given.name === undefined && isSameOptions ? (stored?.name ?? null) : keptText(given.name ?? null, stored?.name),
    options,
    prices: mergedPrices(given.prices, stored?.prices ?? []),
    weightGrams: given.weightGrams === undefined ? (stored?.weightGrams ?? null) : given.weightGrams,
    barcode: given.barcode === undefined ? (stored?.barcode ?? null) : given.barcode,
    size: given.size === undefined ? (stored?.size ?? null) : given.size,
    content: given.content === undefined ? (stored?.content ?? null) : given.content,
    externalReference:
      given.externalReference === undefined ? (stored?.externalReference ?? null) : given.externalReference,
    attributes: mergedAttributes(stored?.attributes ?? [], given),
  };
}

function mergedPrices(given: ReadonlyMap<string, string | null>, stored: readonly UnitPrice[]): UnitPrice[] {
  const amounts = new Map<string, string | null>(stored.map(({ currency, amount }) => [currency, amount]));
  for (const [currency, amount] of given) amounts.set(currency, amount);
  return [...amounts].flatMap(([currency, amount]) => (amount === null ? [] : [{ currency, amount }]));
}

function mergedAttributes(
  stored: readonly AttributeDraft[],
  { attributes, someAttributes = new Map() }: Pick<GivenVariant, 'attributes' | 'someAttributes'>,
): readonly AttributeDraft[] {
  const values = new Map((attributes ?? stored).map(({ code, values: all }) => [code, all]));
  for (const [code, some] of someAttributes) values.set(code, some);
  return [...values].flatMap(([code, all]) => (all.length === 0 ? [] : [{ code, values: all }]));
}

function mergedTranslations(
  { translations }: GivenProduct,
  stored: readonly CatalogTranslation[],
): CatalogTranslation[] {
  const texts = new Map(stored.map((each) => [each.locale, each]));
  for (const [locale, given] of translations) {
    const before = texts.get(locale);
    const { name, description, seoTitle, seoDescription } = given;
    texts.set(locale, {
      ...before,
      locale,
      ...(name !== undefined && { name: keptText(name, before?.name) }),
      ...(description !== undefined && { description: keptText(description, before?.description) }),
      ...(seoTitle !== undefined && { seoTitle: keptText(seoTitle, before?.seoTitle) }),
      ...(seoDescription !== undefined && { seoDescription: keptText(seoDescription, before?.seoDescription) }),
    });
  }
  return [...texts.values()].filter(hasTexts);
}

/** The pictures of the file. A picture whose URL is stored keeps its size and kind. */
function mergedMedia(
  given: readonly { readonly url: string; readonly alt: string }[],
  stored: readonly MediaDraft[],
): MediaDraft[] {
  const byUrl = new Map(stored.map((each) => [each.url, each]));
  return given.map(({ url, alt }) => ({ ...byUrl.get(url), url, alt }));
}

/** The options of the product: the stored options with their values, followed by values that only the variants have. */
function optionsOf(variants: readonly VariantDraft[], stored: readonly ProductOption[]): ProductOption[] {
  const used = new Set(variants.flatMap(({ options }) => (options ?? []).map(({ name }) => name)));
  const values = new Map(
    stored
      .filter(({ name }) => used.has(name) || variants.length === 0)
      .map(({ name, values: all }) => [name, new Set(all)]),
  );
  for (const { name, value } of variants.flatMap(({ options }) => options ?? []))
    values.set(name, (values.get(name) ?? new Set()).add(value));
  return [...values].map(([name, all]) => ({ name, values: [...all] }));
}

/** The planned product with the ids, positions and publication times of the stored product. */
function asStored(planned: NewProduct, stored: StoredItem, now: Date): NewProduct {
  const known = new Map(stored.variants.map((variant) => [comparedText(variant.sku), variant]));
  let last = Math.max(-1, ...stored.variants.map(({ position }) => position));
  const isFirst = planned.status === 'PUBLISHED' && stored.publishedAt === null;
  return {
    ...planned,
    id: stored.id,
    publishedAt: isFirst ? now : stored.publishedAt,
    listedAt: isFirst ? now : stored.listedAt,
    variants: planned.variants.map((variant) => {
      const same = known.get(comparedText(variant.sku));
      return same ? { ...variant, id: same.id, position: same.position } : { ...variant, position: ++last };
    }),
  };
}

/** The fields that an import may change, as JSON. Two products with the same JSON need no update. */
function canonical(product: NewProduct): string {
  const byLocale = (one: CatalogTranslation, other: CatalogTranslation) => (one.locale < other.locale ? -1 : 1);
  return JSON.stringify([
    [
      product.slug,
      product.name,
      product.description,
      product.baseSku,
      product.externalReference,
      product.taxCategory,
      product.status,
      product.brandId,
    ],
    [product.tags, product.seoTitle, product.seoDescription, product.hsCode, product.originCountry],
    product.options.map(({ name, values }) => [name, values]),
    product.variants.map(canonicalVariant),
    product.attributes.map(({ code, values }) => [code, values]),
    product.translations.toSorted(byLocale).map(translationTexts),
    product.media.map(({ url, alt, kind }) => [url, alt ?? '', kind ?? 'IMAGE']),
    product.categoryIds,
    product.collectionIds.toSorted(),
  ]);
}

/** The fields of a variant that an import may change. Two variants with the same fields need no update. */
export function canonicalVariant(variant: NewVariant) {
  const { content, size } = variant;
  return [
    [variant.sku, variant.name, variant.position, variant.optionKey, variant.weightGrams, variant.externalReference],
    content && [content.amount, content.unit],
    variant.barcode,
    size && [size.lengthMm, size.widthMm, size.heightMm],
    variant.prices.map(({ currency, amount }) => `${currency} ${shownAmount(amount, currency)}`).toSorted(),
    variant.attributes.map(({ code, values }) => [code, values]),
  ];
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  slug: 'slug',
  tags: 'tags',
  hsCode: 'hs_code',
  originCountry: 'origin_country',
  baseSku: 'base_sku',
  sku: 'sku',
  options: 'options',
  prices: 'price',
  content: 'content_amount',
  barcode: 'barcode',
  attributes: 'attributes',
  translations: 'name',
};

/** Converts the failure of a draft to a problem of the row and column that caused it. */
function draftProblem(problem: InvalidDraft, given: GivenProduct, lines: readonly number[]): RowProblem {
  const [first = '', index = '', inner = ''] = problem.field ?? [];
  const isVariant = first === 'variants';
  const column = COLUMN_OF[isVariant ? inner : first] ?? null;
  const line = (isVariant ? lines[Number(index)] : undefined) ?? given.rows[0]?.line ?? 0;
  return {
    line,
    column,
    code: problem.code === 'SKU_TAKEN' || problem.code === 'BARCODE_TAKEN' ? problem.code : 'INVALID_VALUE',
    message: problem.message,
    suggestion: null,
  };
}
