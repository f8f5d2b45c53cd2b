import { canonicalText, err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

const MAX_LENGTH = 100;

/**
 * The canonical form of a SKU. Returns a failure when the text has invisible characters or is too long.
 * @param field the path of the SKU in the input
 */
export function skuOf(text: string, field: string): Result<string, Failure<'INVALID_INPUT'>> {
  const sku = canonicalText(text);
  if (sku !== null && sku.length <= MAX_LENGTH) return ok(sku);
  const message = `${field} must have 1 to ${MAX_LENGTH} visible characters: type it again without control and zero-width characters`;
  return err(failure('INVALID_INPUT', message, [field]));
}
