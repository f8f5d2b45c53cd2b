/** A decimal number as text: an optional minus, digits, and an optional fraction. It is never converted to a float. */
export type DecimalString = string;

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Whether the text is a decimal number with at most `maxScale` digits after the point and 20 digits in all. */
export function isDecimal(text: string, maxScale = 6): boolean {
  if (!DECIMAL.test(text)) return false;
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  return fraction.length <= maxScale && whole.length + fraction.length <= 20;
}

/**
 * The number times 10^scale, as an exact integer.
 * @throws RangeError when the text is not a decimal or has more decimal places than `scale`
 */
export function parseScaled(text: DecimalString, scale: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  if (!DECIMAL.test(text) || fraction.length > scale)
    throw new RangeError(`"${text}" is not a decimal with ${scale} places`);
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
}

/** The inverse of `parseScaled`: `formatScaled(-1050n, 2)` is `-10.50`. */
export function formatScaled(value: bigint, scale: number): DecimalString {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Integer division that rounds half away from zero, as commerce does ("half up"). `divisor` must be positive. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (magnitude + divisor / 2n) / divisor;
  return dividend < 0n ? -rounded : rounded;
}
