import { STANDARD_CATEGORY, type TaxRate, type TaxZone } from './tax.ts';

/** The tax rates that staff can add for a country when they set up a shop. */
export interface StarterCountry {
  /** The country code (ISO 3166-1 alpha-2). */
  readonly countryCode: string;
  readonly name: string;
  /** The public authority that publishes the rates. */
  readonly source: string;
  /** Percentages by tax category and name. */
  readonly rates: readonly StarterRate[];
}

interface StarterRate {
  readonly category: string;
  readonly name: string;
  readonly percent: string;
  /** The first day of the rate (ISO 8601). Set only for rates that are less than three years old. */
  readonly from?: string;
}

/** The month in which these rates were in force. */
export const STARTER_RATES_DATE = '2026-11';

const TEDB = 'European Commission, Taxes in Europe Database (TEDB)';

const standard = (percent: string, from?: string): StarterRate => ({
  category: STANDARD_CATEGORY,
  name: 'VAT',
  percent,
  ...(from && { from }),
});
const reduced = (percent: string, from?: string): StarterRate => ({ ...standard(percent, from), category: 'reduced' });
const country = (countryCode: string, name: string, source: string, ...rates: StarterRate[]): StarterCountry => ({
  countryCode,
  name,
  source,
  rates,
});

/**
 * Standard rates, and reduced rates of countries with a single reduced rate for most goods. These rates are only a starting point: the
 * tenant is responsible for its rates. The United States are absent because they have no national rate.
 */
export const STARTER_RATES: readonly StarterCountry[] = [
  country('AT', 'Austria', TEDB, standard('20')),
  country('BE', 'Belgium', TEDB, standard('21')),
  country('BG', 'Bulgaria', TEDB, standard('20'), reduced('9')),
  country('HR', 'Croatia', TEDB, standard('25')),
  country('CY', 'Cyprus', TEDB, standard('19')),
  country('CZ', 'Czechia', TEDB, standard('21'), reduced('12', '2024-01-01')),
  country('DK', 'Denmark', TEDB, standard('25')),
  country('EE', 'Estonia', 'Estonian Tax and Customs Board', standard('24', '2025-07-01'), reduced('9')),
  country('FI', 'Finland', 'Finnish Tax Administration', standard('25.5', '2024-09-01'), reduced('13.5', '2026-01-01')),
  country('FR', 'France', TEDB, standard('20')),
  country('DE', 'Germany', TEDB, standard('19'), reduced('7')),
  country('GR', 'Greece', TEDB, standard('24')),
  country('HU', 'Hungary', TEDB, standard('27')),
  country('IE', 'Ireland', TEDB, standard('23')),
  country('IT', 'Italy', TEDB, standard('22')),
  country('LV', 'Latvia', TEDB, standard('21')),
  country('LT', 'Lithuania', TEDB, standard('21')),
  country('LU', 'Luxembourg', TEDB, standard('17', '2024-01-01')),
  country('MT', 'Malta', TEDB, standard('18')),
  country('NL', 'Netherlands', TEDB, standard('21'), reduced('9')),
  country('PL', 'Poland', TEDB, standard('23')),
  country('PT', 'Portugal', TEDB, standard('23')),
  country('RO', 'Romania', 'Romania, Law 141/2025', standard('21', '2025-08-01'), reduced('11', '2025-08-01')),
  country('SK', 'Slovakia', 'Slovakia, Act 278/2024', standard('23', '2025-01-01')),
  country('SI', 'Slovenia', TEDB, standard('22')),
  country('ES', 'Spain', TEDB, standard('21')),
  country('SE', 'Sweden', TEDB, standard('25')),
  country('GB', 'United Kingdom', 'HM Revenue & Customs', standard('20'), reduced('5')),
  country(
    'CH',
    'Switzerland',
    'Swiss Federal Tax Administration',
    standard('8.1', '2024-01-01'),
    reduced('2.6', '2024-01-01'),
  ),
  country('NG', 'Nigeria', 'Nigeria Revenue Service', standard('7.5')),
  country('KE', 'Kenya', 'Kenya Revenue Authority', standard('16')),
  country(
    'GH',
    'Ghana',
    'Ghana Revenue Authority, Value Added Tax Act, 2025 (Act 1151)',
    standard('15'),
    { ...standard('2.5'), name: 'NHIL' },
    { ...standard('2.5'), name: 'GETFund' },
  ),
  country('ZA', 'South Africa', 'South African Revenue Service', standard('15')),
];

/** The tax zones of countries with starter rates. Other countries are skipped. */
export function starterZones(countryCodes: readonly string[]): TaxZone[] {
  const wanted = new Set(countryCodes);
  return STARTER_RATES.filter(({ countryCode }) => wanted.has(countryCode)).map(({ countryCode, name, rates }) => ({
    name,
    countryCode,
    region: null,
    postalPattern: null,
    rates: rates.map(rateOf),
  }));
}

function rateOf({ percent, from, ...rate }: StarterRate): TaxRate {
  // `percent` has at most one decimal place, so the rounding only removes the floating-point error.
  return { ...rate, millionths: Math.round(Number(percent) * 10_000), from: from ?? null, until: null };
}
