import { err, failure, formatScaled, isDecimal, ok, parseScaled, type Failure, type Result } from '@souk/kit/domain';
import { canonicalPostalCode, canonicalRegion } from '@souk/kit/postal';
import { isOverlapping } from './tax-zone.ts';
import type { TaxRate, TaxZone } from './tax.ts';

/** The maximum number of rates of a tax zone. */
export const MAX_ZONE_RATES = 200;

/** The number of decimal places in a percentage. Four places correspond to millionths. */
const PERCENT_SCALE = 4;
const WHOLE = 1_000_000n;

/** A tax rate as staff entered it. */
export interface TaxRateDraft {
  readonly categoryCode: string;
  readonly name: string;
  /** 0 to 100, with at most four decimal places. */
  readonly percent: string;
  /** ISO 8601. The first day on which the rate applies. @default no start */
  readonly validFrom?: string | null;
  /** ISO 8601. The first day on which the rate no longer applies. @default no end */
  readonly validUntil?: string | null;
}

/** A tax zone as staff entered it. */
export interface TaxZoneDraft {
  readonly name: string;
  readonly countryCode: string;
  /** @default the entire country */
  readonly region?: string | null;
  /** @default all postal codes */
  readonly postalPattern?: string | null;
  readonly rates: readonly TaxRateDraft[];
}

/** Validates a draft. Each failure has the path of the invalid field. @param categories the codes that rates may refer to */
export function configureZone(
  draft: TaxZoneDraft,
  categories: ReadonlySet<string>,
): Result<TaxZone, readonly Failure[]> {
  const pattern = draft.postalPattern ? canonicalPostalCode(draft.postalPattern) : null;
  const rates = draft.rates.map(rateOf);
  const failures = [
    ...(pattern === null || /^[A-Z0-9]{1,20}\*?$/.test(pattern) ? [] : [patternInvalid()]),
    ...draft.rates.flatMap((rate, index) => rateFailures(rate, ['rates', String(index)], categories)),
    ...rates.flatMap((rate, index) => {
      const other = rates.slice(0, index).findIndex((each) => isOverlapping(each, rate));
      return other < 0 ? [] : [ratesOverlap(other, index)];
    }),
  ];
  if (failures.length > 0) return err(failures);
  return ok({
    name: draft.name,
    countryCode: draft.countryCode.toUpperCase(),
    region: draft.region ? canonicalRegion(draft.region) : null,
    postalPattern: pattern,
    rates,
  });
}

/** A tax zone. Unlike `TaxZone`, region and postal pattern may be absent. */
type ZoneValues = Pick<TaxZone, 'name' | 'countryCode' | 'rates'> & {
  readonly region?: string | null | undefined;
  readonly postalPattern?: string | null | undefined;
};

/** Converts a zone to a draft, to which an update is then applied. */
export function draftOf({ name, countryCode, region = null, postalPattern = null, rates }: ZoneValues): TaxZoneDraft {
  return { name, countryCode, region, postalPattern, rates: rates.map(rateDraftOf) };
}

/** A rate in percent with at least two decimal places: 190000 millionths are "19.00". */
export function percentOf(millionths: number): string {
  return formatScaled(BigInt(millionths), PERCENT_SCALE).replace(/0{1,2}$/, '');
}

function rateDraftOf({ category, name, millionths, from, until }: TaxRate): TaxRateDraft {
  return { categoryCode: category, name, percent: percentOf(millionths), validFrom: from, validUntil: until };
}

function rateOf({ categoryCode, name, percent, validFrom = null, validUntil = null }: TaxRateDraft): TaxRate {
  const millionths = Number(millionthsOf(percent) ?? 0n);
  return { category: categoryCode, name, millionths, from: validFrom, until: validUntil };
}

function millionthsOf(percent: string): bigint | null {
  if (!isDecimal(percent) || percent.startsWith('-')) return null;
  try {
    const millionths = parseScaled(percent, PERCENT_SCALE);
    return millionths <= WHOLE ? millionths : null;
  } catch (error) {
    if (error instanceof RangeError) return null; // more than four decimal places
    throw error;
  }
}

function rateFailures(rate: TaxRateDraft, path: readonly string[], categories: ReadonlySet<string>): Failure[] {
  const { categoryCode, percent, validFrom = null, validUntil = null } = rate;
  const invalid = (member: keyof TaxRateDraft, message: string) => failure('INVALID_INPUT', message, [...path, member]);
  const dates = [
    ['validFrom', validFrom],
    ['validUntil', validUntil],
  ] as const;
  return [
    ...(categories.has(categoryCode)
      ? []
      : [
          failure('TAX_CATEGORY_UNKNOWN', `There is no tax category ${JSON.stringify(categoryCode)}; create it first`, [
            ...path,
            'categoryCode',
          ]),
        ]),
    ...(millionthsOf(percent) === null
      ? [
          invalid(
            'percent',
            'percent takes a number from 0 to 100 with at most four decimal places, as "19" or "8.875"',
          ),
        ]
      : []),
    ...dates.flatMap(([member, date]) =>
      date === null || isDate(date) ? [] : [invalid(member, `${member} takes a day, as "2026-01-31"`)],
    ),
    ...(validFrom !== null && validUntil !== null && validFrom >= validUntil
      ? [invalid('validUntil', 'validUntil must be after validFrom')]
      : []),
  ];
}

function isDate(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function patternInvalid(): Failure {
  const message = 'postalPattern takes a postal code, or the beginning of one and an asterisk, as "35*"';
  return failure('INVALID_INPUT', message, ['postalPattern']);
}

function ratesOverlap(one: number, other: number): Failure {
  const message = `Rates ${one} and ${other} have the same category and name on the same day: end one before the other begins, or give them different names, and they add up`;
  return failure('TAX_RATES_OVERLAP', message, ['rates', String(other)]);
}
