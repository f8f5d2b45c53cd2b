import { failure, uniqueViolations, type Failure } from '@souk/kit/domain';
import { VAT_ID_PROBLEMS, type VatIdProblem } from '@souk/kit/vat';

/** The maximum number of tax categories that a tenant may add. */
export const MAX_TAX_CATEGORIES = 100;
/** The maximum number of tax zones of a tenant. */
export const MAX_TAX_ZONES = 1000;

/** Returned when a tenant has the maximum number of zones or categories. */
export function taxLimitReached(noun: string, max: number): Failure<'TAX_LIMIT_REACHED'> {
  return failure('TAX_LIMIT_REACHED', `A shop has at most ${max} ${noun}; delete one first`);
}

/** Returned when staff delete a category that rates still refer to. */
export function categoryInUse(code: string): Failure<'TAX_CATEGORY_IN_USE'> {
  const message = `Tax zones have rates of ${code}: remove these rates with taxZoneUpdate first`;
  return failure('TAX_CATEGORY_IN_USE', message, ['id']);
}

/** Returned for a code that is not a lower-case word of letters, digits and hyphens. */
export function categoryCodeInvalid(): Failure<'INVALID_INPUT'> {
  const message = 'code takes 1 to 50 small letters, digits and hyphens, and begins with a letter or digit';
  return failure('INVALID_INPUT', message, ['code']);
}

/** Returned when a built-in category or a category of the tenant has the same code. */
export function categoryCodeTaken(): Failure<'CODE_TAKEN'> {
  return failure('CODE_TAKEN', 'There is a tax category with this code already; choose another code', ['code']);
}

/** The failure when a concurrent mutation has taken the category's code. */
export const CODE_TAKEN = { tax_category_code_taken: categoryCodeTaken() };

/** The failure when another tax zone has the same country, region and postal pattern. */
export const AREA_TAKEN = uniqueViolations(
  ['tax_zone_area_taken'],
  'TAX_ZONE_TAKEN',
  'Another zone has this country, region and postal pattern; change the rates of that zone',
  'countryCode',
);

/** Returned when a text is not a VAT id. */
export function vatIdInvalid(problem: VatIdProblem): Failure<'TAX_ID_INVALID'> {
  return failure('TAX_ID_INVALID', VAT_ID_PROBLEMS[problem], ['taxId']);
}
