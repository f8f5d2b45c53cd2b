import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { canonicalRegion, postalCodeProblem } from '@souk/kit/postal';
import { readPostalPattern, type PostalPattern, type PostalPatternProblem } from './postal-pattern.ts';

/** The maximum number of areas of a zone. */
export const MAX_ZONE_AREAS = 300;
/** The maximum number of postal patterns of an area. */
export const MAX_AREA_PATTERNS = 500;
/** The maximum number of `ZonePlace` rows of a zone. */
export const MAX_ZONE_PLACES = 2000;
/** Stored instead of a country code when the area covers all countries. */
const EVERY_COUNTRY = '*';

/** The forms of a postal pattern, as a text for staff. See `PostalPattern`. */
export const PATTERN_RULE =
  'A code ("10115"), a beginning ("35*"), "?" for any character ("1?115"), a range of codes of one length ("10000..19999"), or of beginnings ("35..37*"). Case, spaces and hyphens do not count.';

/** A country, a region, postal codes of a country, or the entire world. */
export interface ShippingArea {
  /** ISO 3166-1 alpha-2. Null for all countries. */
  readonly countryCode: string | null;
  /** In upper case. Null for the entire country. */
  readonly region: string | null;
  /** See `PostalPattern`. Empty for all postal codes. */
  readonly postalPatterns: readonly string[];
}

/** A validated shipping zone. */
export interface ShippingZone {
  readonly code: string;
  readonly name: string;
  readonly areas: readonly ShippingArea[];
}

/** An area as staff entered it. */
export interface ShippingAreaDraft {
  readonly countryCode?: string | null;
  readonly region?: string | null;
  readonly postalPatterns?: readonly string[] | null;
}

/** A shipping zone as staff entered it. */
export interface ShippingZoneDraft {
  /** Unique in its tenant. */
  readonly code: string;
  readonly name: string;
  readonly areas: readonly ShippingAreaDraft[];
}

/** One area or postal pattern of a zone, in a form that SQL compares with addresses. */
export interface ZonePlace {
  readonly countryCode: string;
  readonly region: string | null;
  readonly postalLike: string | null;
  readonly postalFrom: string | null;
  readonly postalTo: string | null;
  /** When several rows match an address, the row with the highest value wins. */
  readonly specificity: number;
}

/** Validates a draft. Each failure has the path of the invalid field. */
export function configureZone(draft: ShippingZoneDraft): Result<ShippingZone, readonly Failure[]> {
  const failures = draft.areas.flatMap((area, index) => areaFailures(area, ['areas', String(index)]));
  if (failures.length > 0) return err(failures);
  const zone = { code: draft.code, name: draft.name, areas: draft.areas.map(areaOf) };
  const places = placesOf(zone.areas).length;
  if (places <= MAX_ZONE_PLACES) return ok(zone);
  const message = `A zone has at most ${MAX_ZONE_PLACES} areas and postal patterns, and this one ${places}; split it`;
  return err([failure('INVALID_INPUT', message, ['areas'])]);
}

/**
 * The rows that SQL compares with addresses. A postal pattern is more specific than a region, and a region is more specific than a country.
 */
export function placesOf(areas: readonly ShippingArea[]): ZonePlace[] {
  return areas.flatMap(({ countryCode, region, postalPatterns }): ZonePlace[] => {
    const place = { countryCode: countryCode ?? EVERY_COUNTRY, region };
    const base = (countryCode === null ? 0 : 1) + (region === null ? 0 : 2);
    if (postalPatterns.length === 0)
      return [{ ...place, postalLike: null, postalFrom: null, postalTo: null, specificity: base }];
    return postalPatterns.map(readPostalPattern).flatMap((pattern) => {
      if (typeof pattern === 'string') return [];
      const { like, range, fixed, isWhole } = pattern;
      const specificity = base + 10 * (fixed + 1) + (isWhole ? 5 : 0);
      return [
        { ...place, postalLike: like, postalFrom: range?.from ?? null, postalTo: range?.to ?? null, specificity },
      ];
    });
  });
}

function areaOf({ countryCode, region, postalPatterns }: ShippingAreaDraft): ShippingArea {
  const patterns = (postalPatterns ?? []).map(readPostalPattern);
  return {
    countryCode: countryCode?.toUpperCase() ?? null,
    region: region ? canonicalRegion(region) : null,
    postalPatterns: [...new Set(patterns.flatMap((each) => (typeof each === 'string' ? [] : [each.text])))],
  };
}

function areaFailures({ countryCode, region, postalPatterns }: ShippingAreaDraft, path: readonly string[]): Failure[] {
  const entered = postalPatterns ?? [];
  if (!countryCode && (region || entered.length > 0))
    return [
      failure('INVALID_INPUT', 'Set countryCode: an area with a region or postal patterns needs a country', [
        ...path,
        'countryCode',
      ]),
    ];
  return entered.flatMap((text, index) => {
    const problem = patternProblem(text, countryCode?.toUpperCase() ?? '');
    return problem ? [failure('INVALID_INPUT', problem, [...path, 'postalPatterns', String(index)])] : [];
  });
}

const PROBLEMS: Readonly<Record<PostalPatternProblem, string>> = {
  FORMAT:
    'is no postal pattern: take a code ("10115"), a beginning ("35*"), "?" for any character ("1?115"), or a range ("10000..19999", "35..37*"), with at most 20 letters and digits',
  NOTHING_FIXED: 'fixes no letter or digit: omit the pattern for every postal code of the country',
  RANGE_LENGTH: 'has bounds of different lengths: write the range with two bounds of the same length',
  RANGE_ORDER: 'ends before it begins: swap the two bounds of the range',
};

function patternProblem(text: string, countryCode: string): string | null {
  const shown = JSON.stringify(text.slice(0, 60));
  const pattern: PostalPattern | PostalPatternProblem = readPostalPattern(text);
  if (typeof pattern === 'string') return `${shown} ${PROBLEMS[pattern]}`;
  // The parser removes hyphens, so "1010-1099", which was meant as a range, would become the code 10101099. A single code with a hyphen is
  // therefore refused unless it is a valid postal code of the country.
  if (!pattern.isCode || !text.includes('-') || postalCodeProblem(countryCode, text) === null) return null;
  return `${shown} is not a postal code of ${countryCode}: correct the code, or write a range with two dots, as "10000..19999"`;
}
