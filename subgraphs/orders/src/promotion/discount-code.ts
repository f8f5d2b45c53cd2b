/** The highest number of codes in a cart. */
export const MAX_DISCOUNT_CODES = 10;
/** The highest number of characters of a code. */
export const MAX_CODE_LENGTH = 50;

/** The stored form of a code: buyers type codes in small letters and with spaces around them. */
export function canonicalCode(code: string): string {
  return code.trim().toUpperCase();
}

/** Whether a code in its stored form has letters, digits, hyphens and underscores only. */
export function isDiscountCode(code: string): boolean {
  return code.length <= MAX_CODE_LENGTH && /^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(code);
}
