import { divideHalfUp, money, type Money } from '@souk/kit/domain';

/** The tax rate of a country. Every price there contains the tax. */
export interface TaxRate {
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  /** Basis points: 1900 is 19 %. */
  readonly basisPoints: number;
}

const WHOLE = 10_000n;

/** The tax that a gross amount contains: at 1900 basis points, 19.00 of 119.00. Rounded half up. */
export function taxWithin(gross: Money, basisPoints: number): Money {
  const points = BigInt(basisPoints);
  return money(divideHalfUp(BigInt(gross.amountMinor) * points, WHOLE + points), gross.currency);
}
