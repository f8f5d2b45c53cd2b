import { exponentOf, formatScaled, parseScaled, UNIT_PRICE_SCALE, type DecimalString } from '@souk/kit/domain';

/**
 * A unit price in the one way it is written here: at least the digits of its currency, no needless zeros after them.
 * `19.9` EUR and `19.900000` EUR are both `19.90`, so that equal prices are equal texts. @throws RangeError when it is no price
 */
export function unitPriceOf(price: DecimalString, currency: string): DecimalString {
  const text = formatScaled(parseScaled(price, UNIT_PRICE_SCALE), UNIT_PRICE_SCALE);
  const end = text.length - UNIT_PRICE_SCALE + exponentOf(currency);
  const needed = text.slice(0, end);
  const rest = text.slice(end).replace(/0+$/, '');
  return `${needed}${rest}`.replace(/\.$/, '');
}
