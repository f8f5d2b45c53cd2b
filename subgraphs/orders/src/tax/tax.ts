import { divideHalfUp, money, type Money } from '@souk/kit/domain';

/** The tax rate of a country. Every price in that country includes the tax. */
export interface TaxRate {
  /** The country code (ISO 3166-1 alpha-2). */
  readonly countryCode: string;
  /** The rate in basis points: 1900 is 19 %. */
  readonly basisPoints: number;
}

const WHOLE = 10_000n;

/** The tax that a gross amount contains, rounded half up. At 1900 basis points, 119.00 contains 19.00. */
export function taxWithin(gross: Money, basisPoints: number): Money {
  const points = BigInt(basisPoints);
  return money(divideHalfUp(BigInt(gross.amountMinor) * points, WHOLE + points), gross.currency);
}
