/** The maximum number of discount codes in a cart. */
export const MAX_DISCOUNT_CODES = 10;
/** The maximum number of characters in a discount code. */
export const MAX_CODE_LENGTH = 50;

/** The stored form of a discount code: upper case, without surrounding spaces. */
export function canonicalCode(code: string): string {
  return code.trim().toUpperCase();
}

/** Whether a code in its stored form consists of letters, digits, hyphens and underscores. */
export function isDiscountCode(code: string): boolean {
  return code.length <= MAX_CODE_LENGTH && /^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(code);
}
