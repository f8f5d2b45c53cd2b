import type { ManagedProductQuery, ProductUpdateInput } from '@souk/sdk';
import { changedFields, type Texts } from './text-changes.ts';

export type ManagedProduct = NonNullable<ManagedProductQuery['product']>;

/** The text fields of the product. Variants have their own fields. */
export const PRODUCT_FIELDS = ['name', 'slug', 'description', 'baseSku', 'externalReference'] as const;
type ProductField = (typeof PRODUCT_FIELDS)[number];

/** The fields of a product that the form uses. */
export interface FormProduct extends Readonly<Record<ProductField, string | null>> {
  readonly variants: { readonly nodes: readonly FormVariant[] };
}

export interface FormVariant {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly weightGrams: number | null;
  readonly prices: readonly { readonly amount: string; readonly currencyCode: string }[];
}

export const variantField = (id: string, name: 'sku' | 'name' | 'weight') => `variant.${id}.${name}`;
export const priceField = (id: string, currency: string) => `variant.${id}.price.${currency}`;

/** Converts a product to the form's texts, by field. */
export function textsOf(product: FormProduct): Texts {
  const own = PRODUCT_FIELDS.map((field) => [field, product[field] ?? '']);
  const variants = product.variants.nodes.flatMap(({ id, sku, name, weightGrams, prices }) => [
    [variantField(id, 'sku'), sku],
    [variantField(id, 'name'), name],
    [variantField(id, 'weight'), weightGrams === null ? '' : String(weightGrams)],
    ...prices.map(({ amount, currencyCode }) => [priceField(id, currencyCode), amount]),
  ]);
  return Object.fromEntries([...own, ...variants]);
}

/** The currencies in which at least one variant has a price, sorted. */
export function currenciesOf(product: FormProduct): readonly string[] {
  const all = product.variants.nodes.flatMap(({ prices }) => prices.map(({ currencyCode }) => currencyCode));
  return [...new Set(all)].toSorted();
}

/** Whether a price can be sent: a decimal number with point or comma, or empty when the product has no price. */
export function isPrice(text: string): boolean {
  return /^(\d{1,12}([.,]\d{1,6})?)?$/.test(text.trim());
}

/** Whether a weight can be sent: grams as an integer, or empty. */
export function isWeight(text: string): boolean {
  return /^\d{0,9}$/.test(text.trim());
}

/**
 * The changed texts of the product as an input. An empty `externalReference` clears the field. Null when nothing
 * changed.
 */
export function productChange(before: Texts, after: Texts): Partial<Pick<ProductUpdateInput, ProductField>> | null {
  const changed = changedFields(before, after).filter((field) => PRODUCT_FIELDS.some((each) => each === field));
  if (changed.length === 0) return null;
  return Object.fromEntries(
    changed.map((field) => {
      const text = after[field] ?? '';
      return [field, field === 'externalReference' && text === '' ? null : text];
    }),
  );
}

/**
 * The changes of one variant. `fields` is null when no field changed, and `prices` is null when no price changed.
 * `prices` contains all prices, because the mutation replaces them all.
 */
export interface VariantChange {
  readonly id: string;
  readonly fields: { readonly sku?: string; readonly name?: string; readonly weightGrams?: number | null } | null;
  readonly prices: readonly { readonly amount: string; readonly currencyCode: string }[] | null;
}

/** Lists the variants that changed, each with its changes. */
export function variantChanges(
  variants: readonly FormVariant[],
  before: Texts,
  after: Texts,
): readonly VariantChange[] {
  const changed = new Set(changedFields(before, after));
  return variants
    .map(({ id }) => {
      const prefix = `variant.${id}.price.`;
      const hasPriceChange = [...changed].some((field) => field.startsWith(prefix));
      return { id, fields: fieldsOf(id, changed, after), prices: hasPriceChange ? pricesOf(prefix, after) : null };
    })
    .filter(({ fields, prices }) => fields !== null || prices !== null);
}

function fieldsOf(id: string, changed: ReadonlySet<string>, after: Texts): VariantChange['fields'] {
  const text = (name: 'sku' | 'name' | 'weight') => {
    const field = variantField(id, name);
    return changed.has(field) ? (after[field] ?? '').trim() : undefined;
  };
  const [sku, name, weight] = [text('sku'), text('name'), text('weight')];
  if (sku === undefined && name === undefined && weight === undefined) return null;
  return {
    ...(sku !== undefined && { sku }),
    ...(name !== undefined && { name }),
    ...(weight !== undefined && { weightGrams: weight === '' ? null : Number(weight) }),
  };
}

function pricesOf(prefix: string, texts: Texts): NonNullable<VariantChange['prices']> {
  return Object.entries(texts)
    .filter(([field, text]) => field.startsWith(prefix) && text.trim() !== '')
    .map(([field, text]) => ({ amount: text.trim().replace(',', '.'), currencyCode: field.slice(prefix.length) }));
}
