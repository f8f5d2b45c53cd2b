import { formatAddress } from 'localized-address-format';

/** A field of an address whose place depends on the country. */
export type PlaceField = 'city' | 'region' | 'postalCode';

/** A mark for each field. The library formats the marks as an address, and so reveals the order of the fields. */
const MARKS: Readonly<Record<PlaceField, string>> = { city: '\u{e001}', region: '\u{e002}', postalCode: '\u{e003}' };

/** Countries whose addresses need a region to arrive. Elsewhere the region is optional. */
const REGION_REQUIRED = new Set(['AU', 'BR', 'CA', 'CN', 'ID', 'IN', 'JP', 'KR', 'MX', 'MY', 'US']);

/** Returns the fields below the street that addresses of the country have, in the order in which people there write them. */
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
  // Addresses of city states such as Singapore have no city. The API needs a city.
  return ordered.includes('city') ? ordered : ['city', ...ordered];
}

/** Returns whether an address of the country is incomplete without the field. */
export function isRequired(field: PlaceField, countryCode: string): boolean {
  return field !== 'region' || REGION_REQUIRED.has(countryCode);
}

/** A postal address of the API. */
export interface PostalAddress {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly countryCode: string;
}

/** Returns an address as lines in the order of its country, without the country. */
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
