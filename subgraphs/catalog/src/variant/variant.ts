import { ok, type Result } from '@souk/kit/domain';
import { matchOptions, optionKey, type OptionValue, type ProductOption } from './option.ts';
import { checkAttributes, type AttributeDraft, type InvalidDraft } from './variant-draft.ts';

/** What a change decides about, of a variant. */
export interface VariantState {
  readonly sku: string;
  readonly name: string;
  readonly options: readonly OptionValue[];
  readonly optionKey: string;
  readonly weightGrams: number | null;
  readonly externalReference: string | null;
}

/** What somebody wants to be different. Missing: as it is. A null weight or external reference is none. */
export interface VariantChange {
  readonly sku?: string | null;
  readonly name?: string | null;
  readonly options?: readonly OptionValue[] | null;
  readonly weightGrams?: number | null;
  readonly externalReference?: string | null;
  readonly attributes?: readonly AttributeDraft[] | null;
}

/** The variant after the change. */
export function changeVariant(
  variant: VariantState,
  change: VariantChange,
  productOptions: readonly ProductOption[],
): Result<VariantState, InvalidDraft> {
  const matched = matchOptions(productOptions, change.options ?? variant.options);
  if (!matched.ok) return matched;
  const attributes = checkAttributes(change.attributes ?? []);
  if (!attributes.ok) return attributes;
  return ok({
    sku: change.sku ?? variant.sku,
    name: change.name ?? variant.name,
    options: matched.value,
    optionKey: optionKey(matched.value),
    weightGrams: change.weightGrams === undefined ? variant.weightGrams : change.weightGrams,
    externalReference: change.externalReference === undefined ? variant.externalReference : change.externalReference,
  });
}
