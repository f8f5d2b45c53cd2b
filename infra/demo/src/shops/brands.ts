import { seededRandom } from './seeded-random.ts';

/** A maker of products. */
export interface DemoBrand {
  readonly slug: string;
  readonly name: string;
}

const BRANDS: readonly DemoBrand[] = [
  { slug: 'aldan', name: 'Aldan' },
  { slug: 'brekka-and-daughters', name: 'Brekka & Daughters' },
  { slug: 'casa-clara', name: 'Casa Clara' },
  { slug: 'fjordlys', name: 'Fjordlys' },
  { slug: 'maison-orme', name: 'Maison Orme' },
  { slug: 'two-rivers', name: 'Two Rivers' },
];
const ACME_BRANDS: readonly DemoBrand[] = [
  { slug: 'forgeline', name: 'Forgeline' },
  { slug: 'steelmark', name: 'Steelmark' },
];

export const demoBrands = { demo: BRANDS, acme: ACME_BRANDS };

/** The brand of a category's products. All products of a category have the same brand. */
export function brandOf(categorySlug: string, brands: readonly DemoBrand[]): string {
  const brand = brands[Math.floor(seededRandom(`brand of ${categorySlug}`)() * brands.length)];
  if (brand === undefined) throw new RangeError('The shop has no brands.');
  return brand.slug;
}

const COUNTRIES: Readonly<Record<string, string>> = {
  Austria: 'AT',
  Bangladesh: 'BD',
  Belgium: 'BE',
  China: 'CN',
  Colombia: 'CO',
  Czechia: 'CZ',
  Denmark: 'DK',
  Egypt: 'EG',
  England: 'GB',
  Ethiopia: 'ET',
  Finland: 'FI',
  France: 'FR',
  Germany: 'DE',
  Greece: 'GR',
  Guatemala: 'GT',
  Hungary: 'HU',
  India: 'IN',
  Indonesia: 'ID',
  Ireland: 'IE',
  Italy: 'IT',
  Japan: 'JP',
  Kenya: 'KE',
  Korea: 'KR',
  Lebanon: 'LB',
  Lithuania: 'LT',
  Madagascar: 'MG',
  Mexico: 'MX',
  Morocco: 'MA',
  Nepal: 'NP',
  Netherlands: 'NL',
  Peru: 'PE',
  Poland: 'PL',
  Portugal: 'PT',
  'South Africa': 'ZA',
  Spain: 'ES',
  'Sri Lanka': 'LK',
  Sumatra: 'ID',
  Sweden: 'SE',
  Switzerland: 'CH',
  Taiwan: 'TW',
  Turkey: 'TR',
  Vietnam: 'VN',
};

/** The country code of an origin such as `Alentejo, Portugal`. Null when the origin names no known country. */
export function originCountryOf(origin: string): string | null {
  return COUNTRIES[origin.split(', ').at(-1) ?? ''] ?? null;
}
