import { divideHalfUp, formatScaled, parseScaled, UNIT_PRICE_SCALE, type DecimalString } from '@souk/kit/domain';
import { unitPriceOf } from './unit-price.ts';

const WHOLE = 10_000n;

/** The price of one unit that staff agreed with the buyer of a draft order. */
export type StaffPrice = {
  /** Why the price differs from the catalog's price. The text is for the shop's accounting. */
  readonly reason: string;
} & (
  | { readonly kind: 'FIXED'; readonly unitPrice: DecimalString }
  /** A discount on the catalog's price in basis points, 1 to 10,000. 1000 is 10 %. */
  | { readonly kind: 'DISCOUNT'; readonly basisPoints: number }
);

/**
 * The price of one unit, with up to six decimal places. A discount is rounded half up at the sixth place. Rounding to the currency happens
 * once, for the total of the line.
 */
export function staffUnitPrice(listPrice: DecimalString, price: StaffPrice | null, currency: string): DecimalString {
  if (price === null) return unitPriceOf(listPrice, currency);
  if (price.kind === 'FIXED') return unitPriceOf(price.unitPrice, currency);
  const scaled = parseScaled(listPrice, UNIT_PRICE_SCALE) * (WHOLE - BigInt(price.basisPoints));
  return unitPriceOf(formatScaled(divideHalfUp(scaled, WHOLE), UNIT_PRICE_SCALE), currency);
}
