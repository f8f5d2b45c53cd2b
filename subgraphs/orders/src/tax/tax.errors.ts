import { failure, uniqueViolations, type Failure } from '@souk/kit/domain';
import { VAT_ID_PROBLEMS, type VatIdProblem } from '@souk/kit/vat';

/** The highest number of a tenant's own categories. */
export const MAX_TAX_CATEGORIES = 100;
/** The highest number of a tenant's zones. */
export const MAX_TAX_ZONES = 1000;

/** Returned when a tenant would have more zones or categories than the maximum. */
export function taxLimitReached(noun: string, max: number): Failure<'TAX_LIMIT_REACHED'> {
  return failure('TAX_LIMIT_REACHED', `A shop has at most ${max} ${noun}; delete one first`);
}

/** Returned when rates still name a category that is to be deleted. */
export function categoryInUse(code: string): Failure<'TAX_CATEGORY_IN_USE'> {
  const message = `Tax zones have rates of ${code}: remove these rates with taxZoneUpdate first`;
  return failure('TAX_CATEGORY_IN_USE', message, ['id']);
}

/** Returned for a code that is not a lower-case word of letters, digits and hyphens. */
export function categoryCodeInvalid(): Failure<'INVALID_INPUT'> {
  const message = 'code takes 1 to 50 small letters, digits and hyphens, and begins with a letter or digit';
  return failure('INVALID_INPUT', message, ['code']);
}

/** Returned when a category of the tenant, or a built-in one, has the code. */
export function categoryCodeTaken(): Failure<'CODE_TAKEN'> {
  return failure('CODE_TAKEN', 'There is a tax category with this code already; choose another code', ['code']);
}

/** The failure of a category whose code was taken concurrently. */
export const CODE_TAKEN = { tax_category_code_taken: categoryCodeTaken() };

/** The failure of a zone whose area has a zone already. */
export const AREA_TAKEN = uniqueViolations(
  ['tax_zone_area_taken'],
  'TAX_ZONE_TAKEN',
  'Another zone has this country, region and postal pattern; change the rates of that zone',
  'countryCode',
);

/** Returned when a text is no VAT id. */
export function vatIdInvalid(problem: VatIdProblem): Failure<'TAX_ID_INVALID'> {
  return failure('TAX_ID_INVALID', VAT_ID_PROBLEMS[problem], ['taxId']);
}
