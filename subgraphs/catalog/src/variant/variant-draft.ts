import { comparedText, err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import {
  matchOptions,
  optionKey,
  variantName,
  type InvalidOptions,
  type OptionValue,
  type ProductOption,
} from './option.ts';
import { barcodeOf } from './barcode.ts';
import { skuOf } from './sku.ts';
import { checkContent, type Content } from '../pricing/content.ts';
import { checkPrices, type UnitPrice } from '../pricing/price.ts';

/** The values of one attribute. `code` identifies the attribute. */
export interface AttributeDraft {
  readonly code: string;
  readonly values: readonly string[];
}

/** The size of one unit with its packaging, in millimeters. */
export interface VariantSize {
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** A variant as staff or an import enter it. */
export interface VariantDraft {
  readonly sku: string;
  /** The name. @default the option values, as in "M / Blue" */
  readonly name?: string | null;
  readonly options?: readonly OptionValue[] | null;
  readonly prices?: readonly UnitPrice[] | null;
  readonly weightGrams?: number | null;
  /** A GTIN. @default none */
  readonly barcode?: string | null;
  readonly size?: VariantSize | null;
  /** The amount of goods in one unit. @default unknown */
  readonly content?: Content | null;
  readonly attributes?: readonly AttributeDraft[] | null;
  readonly externalReference?: string | null;
}

/** A checked variant with all defaults, ready to be stored. */
export interface NewVariant {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly position: number;
  readonly options: readonly OptionValue[];
  readonly optionKey: string;
  readonly weightGrams: number | null;
  readonly content: Content | null;
  /** The GTIN in the form of `barcodeOf`. */
  readonly barcode: string | null;
  readonly size: VariantSize | null;
  readonly externalReference: string | null;
  readonly prices: readonly UnitPrice[];
  readonly attributes: readonly AttributeDraft[];
}

/** Returned when a product or variant contradicts itself. `field` is the path of the wrong field in the draft. */
export type InvalidDraft = InvalidOptions | Failure<'INVALID_INPUT' | 'OPTIONS_TAKEN' | 'SKU_TAKEN' | 'BARCODE_TAKEN'>;

/** Checks that a variant matches its product's options, and completes it with defaults. */
export function planVariant(
  draft: VariantDraft,
  product: { readonly name: string; readonly options: readonly ProductOption[] },
  place: { readonly id: string; readonly position: number },
): Result<NewVariant, InvalidDraft> {
  const sku = skuOf(draft.sku, 'sku');
  if (!sku.ok) return sku;
  const matched = matchOptions(product.options, draft.options ?? []);
  if (!matched.ok) return matched;
  const prices = draft.prices ?? [];
  const priced = checkPrices(prices);
  if (!priced.ok) return priced;
  const content = checkContent(draft.content);
  if (!content.ok) return content;
  const barcode = typeof draft.barcode === 'string' ? barcodeOf(draft.barcode, ['barcode']) : ok(null);
  if (!barcode.ok) return barcode;
  const attributes = draft.attributes ?? [];
  const distinct = checkAttributes(attributes);
  if (!distinct.ok) return distinct;
  return ok({
    ...place,
    sku: sku.value,
    name: draft.name ?? variantName(matched.value, product.name),
    options: matched.value,
    optionKey: optionKey(matched.value),
    weightGrams: draft.weightGrams ?? null,
    content: draft.content ?? null,
    barcode: barcode.value,
    size: draft.size ?? null,
    externalReference: draft.externalReference ?? null,
    prices,
    attributes,
  });
}

/** Checks that several variants match their product's options, and that no two have the same SKU, barcode or options. */
export function planVariants(
  drafts: readonly VariantDraft[],
  product: { readonly name: string; readonly options: readonly ProductOption[] },
  newId: () => string,
): Result<NewVariant[], InvalidDraft> {
  const planned: NewVariant[] = [];
  const [keys, skus, barcodes] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const [index, draft] of drafts.entries()) {
    const at = ['variants', `${index}`];
    const variant = planVariant(draft, product, { id: newId(), position: index });
    if (!variant.ok) return err({ ...variant.error, field: [...at, ...(variant.error.field ?? [])] });
    const { optionKey: key, barcode } = variant.value;
    const sku = comparedText(variant.value.sku);
    if (keys.has(key)) return err(failure('OPTIONS_TAKEN', 'Two variants have the same options', [...at, 'options']));
    if (skus.has(sku)) return err(failure('SKU_TAKEN', 'Two variants have the same SKU', [...at, 'sku']));
    if (barcode !== null && barcodes.has(barcode))
      return err(failure('BARCODE_TAKEN', 'Two variants have the same barcode', [...at, 'barcode']));
    if (barcode !== null) barcodes.add(barcode);
    keys.add(key);
    skus.add(sku);
    planned.push(variant.value);
  }
  return ok(planned);
}

/** Checks that no attribute, and no value of an attribute, is given twice. */
export function checkAttributes(attributes: readonly AttributeDraft[]): Result<void, Failure<'INVALID_INPUT'>> {
  const repeats = (texts: readonly string[]) => new Set(texts).size !== texts.length;
  if (!repeats(attributes.map(({ code }) => code)) && !attributes.some(({ values }) => repeats(values)))
    return ok(undefined);
  return err(failure('INVALID_INPUT', 'Name an attribute once, with distinct values', ['attributes']));
}
