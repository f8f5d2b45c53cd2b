import { divideHalfUp, formatScaled, parseScaled, UNIT_PRICE_SCALE, type DecimalString } from '@souk/kit/domain';
import { unitPriceOf } from './unit-price.ts';

const WHOLE = 10_000n;

/** The price of one unit on which staff agreed with the buyer of a draft order. */
export type StaffPrice = {
  /** Why the price differs, for the shop's books. */
  readonly reason: string;
} & (
  | { readonly kind: 'FIXED'; readonly unitPrice: DecimalString }
  /** A share off the price of the catalog, 1 to 10,000: 1000 is 10 %. */
  | { readonly kind: 'DISCOUNT'; readonly basisPoints: number }
);

/**
 * The price of one unit, with up to six decimal places. A share off is rounded half up at the sixth place, so that a line is rounded to the
 * currency only once, as every line is.
 */
export function staffUnitPrice(listPrice: DecimalString, price: StaffPrice | null, currency: string): DecimalString {
  if (price === null) return unitPriceOf(listPrice, currency);
  if (price.kind === 'FIXED') return unitPriceOf(price.unitPrice, currency);
  const scaled = parseScaled(listPrice, UNIT_PRICE_SCALE) * (WHOLE - BigInt(price.basisPoints));
  return unitPriceOf(formatScaled(divideHalfUp(scaled, WHOLE), UNIT_PRICE_SCALE), currency);
}
