import { STANDARD_CATEGORY, type TaxRate, type TaxZone } from './tax.ts';

/** The rates that are in force on a day. @param today ISO 8601, UTC */
export function ratesOn(rates: readonly TaxRate[], today: string): TaxRate[] {
  return rates.filter(({ from, until }) => (from === null || from <= today) && (until === null || today < until));
}

/** Whether two rates of one category and name are in force on the same day. */
export function isOverlapping(one: TaxRate, other: TaxRate): boolean {
  if (one.category !== other.category || one.name !== other.name) return false;
  const begins = (rate: TaxRate) => rate.from ?? '';
  const ends = (rate: TaxRate) => rate.until ?? '9999-12-31';
  return begins(one) < ends(other) && begins(other) < ends(one);
}

/** The standard tax rate of a country. */
export interface CountryRate {
  /** The country code (ISO 3166-1 alpha-2). */
  readonly countryCode: string;
  /** The rate in basis points, for instance 1900 for 19 %. */
  readonly basisPoints: number;
}

/** A tax zone that covers a country and has one rate. Its name is the country code. */
export function countryZone({ countryCode, basisPoints }: CountryRate): TaxZone {
  const rate = { category: STANDARD_CATEGORY, name: 'VAT', millionths: basisPoints * 100, from: null, until: null };
  return { name: countryCode, countryCode, region: null, postalPattern: null, rates: [rate] };
}
