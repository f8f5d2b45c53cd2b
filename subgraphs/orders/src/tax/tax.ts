import { divideHalfUp, money, subtract, type Money } from '@souk/kit/domain';

export const TAX_ROUNDINGS = ['UNIT', 'LINE', 'TOTAL'] as const;
/**
 * The amount that is rounded to minor units, half up. UNIT: the tax of one unit, which is multiplied by the quantity. LINE: the tax of a
 * line. TOTAL: the tax of all lines with the same rates, which is split over these lines by largest remainder.
 */
export type TaxRounding = (typeof TAX_ROUNDINGS)[number];

export const CATEGORY_TREATMENTS = ['TAXED', 'ZERO_RATED', 'EXEMPT'] as const;
/** How a category is taxed. TAXED: by the rates of the zone. ZERO_RATED and EXEMPT: 0 % in every zone. */
export type CategoryTreatment = (typeof CATEGORY_TREATMENTS)[number];

export const TAX_TREATMENTS = [...CATEGORY_TREATMENTS, 'REVERSE_CHARGE'] as const;
/** The reason for the rate of a tax line. REVERSE_CHARGE: 0 %, because the buyer accounts for the tax. */
export type TaxTreatment = (typeof TAX_TREATMENTS)[number];

/** A category of goods or services. Products name their category by its code. */
export interface TaxCategory {
  readonly code: string;
  readonly name: string;
  readonly treatment: CategoryTreatment;
}

/** The category of products without a category, and of products whose category has no rate in a zone. */
export const STANDARD_CATEGORY = 'standard';

/** The categories of every tenant. A tenant can add more. */
export const BUILT_IN_CATEGORIES: readonly TaxCategory[] = [
  { code: STANDARD_CATEGORY, name: 'Standard', treatment: 'TAXED' },
  { code: 'reduced', name: 'Reduced', treatment: 'TAXED' },
  { code: 'zero', name: 'Zero-rated', treatment: 'ZERO_RATED' },
  { code: 'exempt', name: 'Exempt', treatment: 'EXEMPT' },
];

/** A tax rate of a category in a zone. Rates of one category with different names add up, as federal and provincial taxes do. */
export interface TaxRate {
  readonly category: string;
  /** The name on invoices: "VAT". */
  readonly name: string;
  /** The rate in millionths: 190000 is 19 %. */
  readonly millionths: number;
  /** The first day with the rate (ISO 8601, UTC). Null: no beginning. */
  readonly from: string | null;
  /** The first day without the rate (ISO 8601, UTC). Null: no end. */
  readonly until: string | null;
}

/** The area in which rates apply. The most specific zone of an address applies: postal code before region before country. */
export interface TaxZone {
  readonly name: string;
  /** The country code (ISO 3166-1 alpha-2). */
  readonly countryCode: string;
  /** The region as addresses write it, in capitals: "CA". Null: the whole country. */
  readonly region: string | null;
  /** A postal code without spaces, in capitals, or the beginning of one and an asterisk: "35*". Null: all postal codes. */
  readonly postalPattern: string | null;
  readonly rates: readonly TaxRate[];
}

/** The tenant's decisions about taxes. */
export interface TaxSettings {
  /** Whether prices of goods and shipping include the tax. */
  readonly pricesIncludeTax: boolean;
  readonly rounding: TaxRounding;
  /** The country in which the seller is established. Reverse charge needs one in the EU. Null: no reverse charge. */
  readonly sellerCountryCode: string | null;
}

/** The settings of a tenant that has set none. */
export const DEFAULT_TAX_SETTINGS: TaxSettings = { pricesIncludeTax: true, rounding: 'LINE', sellerCountryCode: null };

/** The tax of one rate. */
export interface TaxLine {
  readonly name: string;
  /** The rate in millionths. */
  readonly millionths: number;
  readonly category: string;
  /** The name of the zone. */
  readonly zone: string;
  readonly treatment: TaxTreatment;
  /** The net amount. */
  readonly base: Money;
  readonly amount: Money;
}

/** An amount with its tax: `net` + `tax` = `gross`. */
export interface TaxedMoney {
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
}

/** An amount with its tax by rate. The amounts of `taxLines` add up to `tax`. */
export interface TaxedAmount extends TaxedMoney {
  readonly taxLines: readonly TaxLine[];
}

/** An amount that contains its tax. */
export function taxedAmountOf(gross: Money, tax: Money): TaxedMoney {
  return { net: subtract(gross, tax), tax, gross };
}

const WHOLE = 10_000n;

/** The tax that a gross amount contains, rounded half up. At 1900 basis points, 119.00 contains 19.00. */
export function taxWithin(gross: Money, basisPoints: number): Money {
  const points = BigInt(basisPoints);
  return money(divideHalfUp(BigInt(gross.amountMinor) * points, WHOLE + points), gross.currency);
}
