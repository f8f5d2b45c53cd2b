import { formatAddress } from 'localized-address-format';

/** An address field below the street. The order of these fields depends on the country. */
export type PlaceField = 'city' | 'region' | 'postalCode';

/**
 * Private-use characters, one per field. Formatting them as an address shows the field order of a country, because the
 * library does not export that order.
 */
const MARKS: Readonly<Record<PlaceField, string>> = { city: '\u{e001}', region: '\u{e002}', postalCode: '\u{e003}' };

/** Countries whose addresses need a region, such as a state or province. Elsewhere the region is optional. */
const REGION_REQUIRED = new Set(['AU', 'BR', 'CA', 'CN', 'ID', 'IN', 'JP', 'KR', 'MX', 'MY', 'US']);

/** Returns the address fields below the street, in the usual order of the country. */
export function placeFields(countryCode: string): readonly PlaceField[] {
  const lines = formatAddress(
    {
      postalCountry: countryCode,
      locality: MARKS.city,
      administrativeArea: MARKS.region,
      postalCode: MARKS.postalCode,
    },
    'latin',
  );
  const text = lines.join('');
  const fields = (Object.keys(MARKS) as PlaceField[]).filter((field) => text.includes(MARKS[field]));
  const ordered = fields.toSorted((one, other) => text.indexOf(MARKS[one]) - text.indexOf(MARKS[other]));
  // Addresses of city states such as Singapore do not have a city, but the API requires one.
  return ordered.includes('city') ? ordered : ['city', ...ordered];
}

/** Returns whether the country's addresses require the field. */
export function isRequired(field: PlaceField, countryCode: string): boolean {
  return field !== 'region' || REGION_REQUIRED.has(countryCode);
}

/** A postal address as the API returns it. */
export interface PostalAddress {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly countryCode: string;
}

/** Formats an address as lines in the usual order of its country, without the country. */
export function addressLines({ name, line1, line2, city, region, postalCode, countryCode }: PostalAddress): string[] {
  return formatAddress(
    {
      postalCountry: countryCode,
      name,
      addressLines: line2 ? [line1, line2] : [line1],
      locality: city,
      ...(region !== null && { administrativeArea: region }),
      ...(postalCode !== null && { postalCode }),
    },
    'latin',
  );
}
