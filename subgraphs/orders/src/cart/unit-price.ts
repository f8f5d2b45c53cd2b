import { exponentOf, formatScaled, parseScaled, UNIT_PRICE_SCALE, type DecimalString } from '@souk/kit/domain';
import type { PriceTier, SoldVariant } from './cart.ts';

/** The price of one unit in a line of `quantity` units, from the tier that contains the quantity, and whether it includes the tax. */
export function priceFor(
  { tiers = [], ...one }: SoldVariant,
  quantity: number,
): Pick<PriceTier, 'unitPrice' | 'includesTax'> {
  const { unitPrice, includesTax = null } = tiers.findLast(({ fromQuantity }) => fromQuantity <= quantity) ?? one;
  return { unitPrice, includesTax };
}

/**
 * The canonical text of a unit price. It has at least the decimal places of the currency. Further trailing zeros are removed. `19.9` EUR
 * and `19.900000` EUR both become `19.90`, so equal prices are equal texts.
 * @throws RangeError when the text is not a price
 */
export function unitPriceOf(price: DecimalString, currency: string): DecimalString {
  const text = formatScaled(parseScaled(price, UNIT_PRICE_SCALE), UNIT_PRICE_SCALE);
  const end = text.length - UNIT_PRICE_SCALE + exponentOf(currency);
  const needed = text.slice(0, end);
  const rest = text.slice(end).replace(/0+$/, '');
  return `${needed}${rest}`.replace(/\.$/, '');
}
