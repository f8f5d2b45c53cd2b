import type { ShippingPreviewInput } from '@souk/sdk';

/** The form values of a shipping preview. Weights are in kilograms. */
export interface PreviewForm {
  readonly countryCode: string;
  readonly postalCode: string;
  readonly weight: string;
  readonly value: string;
}

export const NEW_PREVIEW: PreviewForm = { countryCode: 'DE', postalCode: '', weight: '1', value: '50.00' };

/** Converts form values to the API's input. If a field is invalid, returns the name of the first invalid field. */
export function previewInput(form: PreviewForm): { input: ShippingPreviewInput } | { wrong: keyof PreviewForm } {
  const countryCode = form.countryCode.trim().toUpperCase();
  const weightGrams = gramsOf(form.weight);
  const subtotal = form.value.trim().replace(',', '.');
  if (!/^[A-Z]{2}$/.test(countryCode)) return { wrong: 'countryCode' };
  if (weightGrams === null) return { wrong: 'weight' };
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(subtotal)) return { wrong: 'value' };
  return { input: { countryCode, postalCode: form.postalCode.trim() || null, weightGrams, subtotal, quantity: 1 } };
}

/** Converts kilograms with at most three decimal places to grams. Null when the text has another format. */
function gramsOf(kilograms: string): number | null {
  const [, whole, part = ''] = /^(\d{1,6})(?:[.,](\d{1,3}))?$/.exec(kilograms.trim()) ?? [];
  return whole === undefined ? null : Number(whole) * 1000 + Number(part.padEnd(3, '0'));
}
