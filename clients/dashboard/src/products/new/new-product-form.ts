import type { ProductCreateInput } from '@souk/sdk';
import { isPrice, isWeight } from '../product-form.ts';

/** An option as staff type it: "Size" with the values "S, M, L". */
export interface OptionTexts {
  readonly name: string;
  readonly values: string;
}

/** The texts of a variant's row. With a null SKU, the suggested SKU applies. */
export interface RowTexts {
  readonly sku: string | null;
  readonly price: string;
  readonly weight: string;
  readonly stock: string;
}

/** The texts of the form for a new product. */
export interface NewProductForm {
  readonly name: string;
  readonly description: string;
  /** The base SKU that staff typed. With null, the SKU that is suggested from the name applies. */
  readonly baseSku: string | null;
  readonly categoryId: string | null;
  readonly currency: string;
  readonly options: readonly OptionTexts[];
  /** The rows that staff have edited, by the row's key. */
  readonly rows: Readonly<Record<string, RowTexts>>;
}

/** A variant of the form, with its option values. */
export interface NewVariantRow extends RowTexts {
  readonly key: string;
  readonly sku: string;
  readonly options: readonly { readonly name: string; readonly value: string }[];
}

export type CellName = keyof RowTexts;

/** Messages by field, such as `name` and `variants.0.sku`. */
export type FormErrors = Readonly<Record<string, string>>;

const EMPTY_ROW: RowTexts = { sku: null, price: '', weight: '', stock: '' };
/** The server's maximum for the variants of a new product. */
export const MAX_VARIANTS = 500;

/** Suggests a SKU: "Cork lamp, small" becomes "CORK-LAMP-SMALL". */
export function skuFrom(...texts: readonly string[]): string {
  const plain = texts.map((text) => text.normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, ''));
  return plain
    .map((text) => text.toUpperCase().replaceAll(/[^A-Z\d]+/g, '-'))
    .join('-')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The options that have a name and a value, without repeated values. */
function optionsOf(texts: readonly OptionTexts[]): readonly { readonly name: string; readonly values: string[] }[] {
  return texts
    .map(({ name, values }) => {
      const parts = values.split(',').map((value) => value.trim());
      return { name: name.trim(), values: [...new Set(parts.filter((value) => value !== ''))] };
    })
    .filter(({ name, values }) => name !== '' && values.length > 0);
}

/** The number of variants that result from combining the values of the options. */
export function variantCount(form: NewProductForm): number {
  return optionsOf(form.options).reduce((count, { values }) => count * values.length, 1);
}

/** The base SKU: what staff typed, otherwise the suggestion. */
export function baseSkuOf({ baseSku, name }: NewProductForm): string {
  return baseSku ?? skuFrom(name);
}

/** One row for each combination of option values, in the order of the options. A product without options has one row. */
export function rowsOf(form: NewProductForm): readonly NewVariantRow[] {
  let combinations: readonly NewVariantRow['options'][] = [[]];
  for (const { name, values } of optionsOf(form.options)) {
    combinations = combinations.flatMap((others) => values.map((value) => [...others, { name, value }]));
  }
  return combinations.slice(0, MAX_VARIANTS).map((options) => {
    const values = options.map(({ value }) => value);
    const key = JSON.stringify(values);
    const row = form.rows[key] ?? EMPTY_ROW;
    return { ...row, key, options, sku: row.sku ?? skuFrom(baseSkuOf(form), ...values) };
  });
}

/** Changes one cell of a row. */
export function withCell(form: NewProductForm, key: string, name: CellName, text: string): NewProductForm {
  return { ...form, rows: { ...form.rows, [key]: { ...(form.rows[key] ?? EMPTY_ROW), [name]: text } } };
}

/** The texts of the messages that `problemsOf` returns. */
export interface ProblemTexts {
  readonly required: string;
  readonly price: string;
  readonly count: string;
}

/** Finds the invalid fields, with a message for each. */
export function problemsOf(form: NewProductForm, texts: ProblemTexts): FormErrors {
  const problems: [string, string][] = [];
  if (form.name.trim() === '') problems.push(['name', texts.required]);
  if (baseSkuOf(form).trim() === '') problems.push(['baseSku', texts.required]);
  for (const [index, { sku, price, weight, stock }] of rowsOf(form).entries()) {
    if (sku.trim() === '') problems.push([`variants.${index}.sku`, texts.required]);
    if (!isPrice(price)) problems.push([`variants.${index}.price`, texts.price]);
    if (!isWeight(weight)) problems.push([`variants.${index}.weight`, texts.count]);
    if (!isWeight(stock)) problems.push([`variants.${index}.stock`, texts.count]);
  }
  return Object.fromEntries(problems);
}

/**
 * The input that creates the product. The input does not contain the first stock, because the inventory subgraph owns
 * stock.
 */
export function creationInput(form: NewProductForm, status: 'DRAFT' | 'PUBLISHED'): ProductCreateInput {
  const options = optionsOf(form.options);
  return {
    name: form.name.trim(),
    description: form.description.trim(),
    baseSku: baseSkuOf(form).trim(),
    status,
    ...(options.length > 0 && { options: [...options] }),
    ...(form.categoryId !== null && { categoryIds: [form.categoryId] }),
    variants: rowsOf(form).map(({ sku, price, weight, options: values }) => ({
      sku: sku.trim(),
      options: [...values],
      ...(price.trim() !== '' && {
        prices: [{ amount: price.trim().replace(',', '.'), currencyCode: form.currency }],
      }),
      ...(weight.trim() !== '' && { weightGrams: Number(weight) }),
    })),
  };
}

/** The first stock to record: the SKUs with at least one unit. */
export function firstStock(form: NewProductForm): readonly { readonly sku: string; readonly units: number }[] {
  return rowsOf(form)
    .map(({ sku, stock }) => ({ sku: sku.trim(), units: Number(stock) }))
    .filter(({ units }) => units > 0);
}

const FIELDS = ['name', 'description', 'baseSku', 'options', 'status'];

/** The form's field for the field path of a refusal. Null when the form has no such field. */
export function fieldOfRefusal(path: readonly string[]): string | null {
  const [first = '', index, name = ''] = path;
  // The slug follows from the name, so a refused slug is corrected by another name.
  if (first === 'slug') return 'name';
  if (first !== 'variants') return FIELDS.includes(first) ? first : null;
  const cell = { sku: 'sku', prices: 'price', weightGrams: 'weight' }[name];
  return index !== undefined && cell ? `variants.${index}.${cell}` : null;
}
