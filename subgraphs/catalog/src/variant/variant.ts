import { ok, type Result } from '@souk/kit/domain';
import { checkContent, type Content } from '../pricing/content.ts';
import { changedTo } from '../changed-to.ts';
import { matchOptions, optionKey, type OptionValue, type ProductOption } from './option.ts';
import { barcodeOf } from './barcode.ts';
import { skuOf } from './sku.ts';
import { checkAttributes, type AttributeDraft, type InvalidDraft, type VariantSize } from './variant-draft.ts';

/** The fields of a variant that a change reads or writes. */
export interface VariantState {
  readonly sku: string;
  readonly name: string;
  readonly options: readonly OptionValue[];
  readonly optionKey: string;
  readonly weightGrams?: number | null | undefined;
  readonly content?: Content | null | undefined;
  readonly barcode?: string | null | undefined;
  readonly size?: VariantSize | null | undefined;
  readonly externalReference?: string | null | undefined;
}

/** A requested change. A missing field keeps its value. Null clears a field that may be empty. */
export interface VariantChange {
  readonly sku?: string;
  readonly name?: string;
  readonly options?: readonly OptionValue[] | null;
  readonly weightGrams?: number | null;
  readonly content?: Content | null;
  readonly barcode?: string | null;
  readonly size?: VariantSize | null;
  readonly externalReference?: string | null;
  readonly attributes?: readonly AttributeDraft[] | null;
}

/** The fields of the variant after the change. */
export function changeVariant(
  variant: VariantState,
  change: VariantChange,
  productOptions: readonly ProductOption[],
): Result<VariantState, InvalidDraft> {
  // An unchanged SKU is not checked, because it may have been stored before SKUs were checked.
  const sku = change.sku === undefined ? ok(variant.sku) : skuOf(change.sku, 'sku');
  if (!sku.ok) return sku;
  const matched = matchOptions(productOptions, changedTo(variant.options, change.options, []));
  if (!matched.ok) return matched;
  const attributes = checkAttributes(change.attributes ?? []);
  if (!attributes.ok) return attributes;
  const content = checkContent(change.content);
  if (!content.ok) return content;
  const barcode = typeof change.barcode === 'string' ? barcodeOf(change.barcode, ['barcode']) : ok(change.barcode);
  if (!barcode.ok) return barcode;
  return ok({
    sku: sku.value,
    name: change.name ?? variant.name,
    options: matched.value,
    optionKey: optionKey(matched.value),
    weightGrams: changedTo(variant.weightGrams, change.weightGrams, null),
    content: changedTo(variant.content, change.content, null),
    barcode: changedTo(variant.barcode, barcode.value, null),
    size: changedTo(variant.size, change.size, null),
    externalReference: changedTo(variant.externalReference, change.externalReference, null),
  });
}
