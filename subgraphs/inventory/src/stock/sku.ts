import { canonicalText, err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** The stored form of a SKU. See `canonicalText`. @param field the input field that has the SKU */
export function skuOf(text: string, field: readonly string[] = ['sku']): Result<string, Failure<'INVALID_INPUT'>> {
  const sku = canonicalText(text);
  if (sku !== null) return ok(sku);
  const message = 'sku may hold visible characters only: type it again without zero-width characters';
  return err(failure('INVALID_INPUT', message, field));
}
