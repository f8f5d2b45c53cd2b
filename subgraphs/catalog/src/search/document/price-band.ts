import { exponentOf, type CurrencyCode } from '@souk/kit/domain';

/** Prices from `minMinor` to `maxMinor`, both inclusive, in minor units. The highest band has no upper bound. */
export interface PriceBand {
  readonly minMinor: number;
  readonly maxMinor: number | null;
}

/** The lower bounds of the price bands, in units of a currency with cents. */
const LOWER_BOUNDS = [0, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000];

/** The price bands of a currency, ascending. A currency without cents has 100 times higher bounds: 0, 1000, 2500 yen. */
export function priceBands(currency: CurrencyCode): readonly PriceBand[] {
  const exponent = exponentOf(currency);
  const bounds = LOWER_BOUNDS.map((bound) => bound * (exponent === 0 ? 100 : 10 ** exponent));
  return bounds.map((minMinor, index) => {
    const next = bounds[index + 1];
    return { minMinor, maxMinor: next === undefined ? null : next - 1 };
  });
}

/** The band that contains a price. Undefined for a negative price. @param minor the price in minor units */
export function bandOf(minor: number, currency: CurrencyCode): PriceBand | undefined {
  return priceBands(currency).findLast(({ minMinor }) => minMinor <= minor);
}
