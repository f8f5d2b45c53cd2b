import type { ShippingPreviewInput } from '@souk/sdk';

/** The form of a preview. Weights are in kilograms. */
export interface PreviewForm {
  readonly countryCode: string;
  readonly postalCode: string;
  readonly weight: string;
  readonly value: string;
}

export const NEW_PREVIEW: PreviewForm = { countryCode: 'DE', postalCode: '', weight: '1', value: '50.00' };

/** The input that the form means, or the first field with a wrong value. */
export function previewInput(form: PreviewForm): { input: ShippingPreviewInput } | { wrong: keyof PreviewForm } {
  const countryCode = form.countryCode.trim().toUpperCase();
  const weightGrams = gramsOf(form.weight);
  const subtotal = form.value.trim().replace(',', '.');
  if (!/^[A-Z]{2}$/.test(countryCode)) return { wrong: 'countryCode' };
  if (weightGrams === null) return { wrong: 'weight' };
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(subtotal)) return { wrong: 'value' };
  return { input: { countryCode, postalCode: form.postalCode.trim() || null, weightGrams, subtotal, quantity: 1 } };
}

/** Kilograms with at most three decimal places in grams. Null for another text. */
function gramsOf(kilograms: string): number | null {
  const [, whole, part = ''] = /^(\d{1,6})(?:[.,](\d{1,3}))?$/.exec(kilograms.trim()) ?? [];
  return whole === undefined ? null : Number(whole) * 1000 + Number(part.padEnd(3, '0'));
}
