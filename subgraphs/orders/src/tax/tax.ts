import { divideHalfUp, money, subtract, type Money } from '@souk/kit/domain';

export const TAX_ROUNDINGS = ['UNIT', 'LINE', 'TOTAL'] as const;
/**
 * The amount whose tax is rounded half up to minor units. UNIT: one unit. The result is multiplied by the quantity. LINE: one line. TOTAL:
 * the sum of all lines with the same rates. The result is split over these lines by the largest remainder method.
 */
export type TaxRounding = (typeof TAX_ROUNDINGS)[number];

export const CATEGORY_TREATMENTS = ['TAXED', 'ZERO_RATED', 'EXEMPT'] as const;
/** How a category is taxed. TAXED: by the rates of the zone. ZERO_RATED and EXEMPT: 0 % in every zone. */
export type CategoryTreatment = (typeof CATEGORY_TREATMENTS)[number];

export const TAX_TREATMENTS = [...CATEGORY_TREATMENTS, 'REVERSE_CHARGE'] as const;
/** The reason for the rate of a tax line. REVERSE_CHARGE is 0 %, because the buyer pays the tax to the authority. */
export type TaxTreatment = (typeof TAX_TREATMENTS)[number];

/** A tax category of goods or services. Products refer to their category by its code. */
export interface TaxCategory {
  readonly code: string;
  readonly name: string;
  readonly treatment: CategoryTreatment;
}

/** The code of the category for products without a category, and for products whose category has no rate in a zone. */
export const STANDARD_CATEGORY = 'standard';

/** The categories that every tenant has. A tenant can add more. */
export const BUILT_IN_CATEGORIES: readonly TaxCategory[] = [
  { code: STANDARD_CATEGORY, name: 'Standard', treatment: 'TAXED' },
  { code: 'reduced', name: 'Reduced', treatment: 'TAXED' },
  { code: 'zero', name: 'Zero-rated', treatment: 'ZERO_RATED' },
  { code: 'exempt', name: 'Exempt', treatment: 'EXEMPT' },
];

/**
 * The tax rate of a category in a zone. Rates of one category with different names are added, for instance a federal and a provincial tax.
 */
export interface TaxRate {
  readonly category: string;
  /** The name that invoices show, for instance "VAT". */
  readonly name: string;
  /** The rate in millionths, for instance 190000 for 19 %. */
  readonly millionths: number;
  /** The first day on which the rate applies (ISO 8601, UTC). Null when it has no start. */
  readonly from: string | null;
  /** The first day on which the rate no longer applies (ISO 8601, UTC). Null when it has no end. */
  readonly until: string | null;
}

/**
 * An area with its tax rates. When several zones contain an address, a zone with a postal pattern wins over a zone of the region, and both
 * win over a zone of the country.
 */
export interface TaxZone {
  readonly name: string;
  /** The country code (ISO 3166-1 alpha-2). */
  readonly countryCode: string;
  /** The region in upper case, as in addresses: "CA". Null for the entire country. */
  readonly region: string | null;
  /** A postal code in upper case without spaces, or the beginning of a postal code with an asterisk: "35*". Null for all postal codes. */
  readonly postalPattern: string | null;
  readonly rates: readonly TaxRate[];
}

/** The tax settings that staff of a tenant enter. */
export interface TaxSettings {
  /** Whether the prices of goods and shipping include the tax. */
  readonly pricesIncludeTax: boolean;
  readonly rounding: TaxRounding;
  /** The country in which the seller is established. Reverse charge requires a country of the EU. Null to disable reverse charge. */
  readonly sellerCountryCode: string | null;
}

/** The settings of a tenant that has not changed them. */
export const DEFAULT_TAX_SETTINGS: TaxSettings = { pricesIncludeTax: true, rounding: 'LINE', sellerCountryCode: null };

/** The tax at one rate, for a line or a sum of lines. */
export interface TaxLine {
  readonly name: string;
  /** The rate in millionths. */
  readonly millionths: number;
  readonly category: string;
  /** The name of the tax zone. */
  readonly zone: string;
  readonly treatment: TaxTreatment;
  /** The net amount that the rate applies to. */
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
