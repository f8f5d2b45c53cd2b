/** The code of a currency in `CURRENCIES` or `WITHDRAWN_CURRENCIES` (ISO 4217). */
export type CurrencyCode = string;

/**
 * The number of digits after the decimal point, by active currency. The list contains the currencies of ISO 4217, list one, with amendments
 * up to 180, without funds, metals and test codes. `Intl` follows Unicode CLDR, which shows some currencies with fewer digits: see
 * docs/money.md.
 */
export const CURRENCIES: Readonly<Record<CurrencyCode, number>> = {
  ...withDigits(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'),
  ...withDigits(
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE
     CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR
     KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB
     PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY
     TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  ),
  ...withDigits(3, 'BHD IQD JOD KWD LYD OMR TND'),
};

/** A currency that ISO 4217 withdrew. */
export interface WithdrawnCurrency {
  readonly digits: number;
  /** The first day on which the currency was no longer valid (ISO 8601). */
  readonly since: string;
  readonly successor: CurrencyCode;
}

/**
 * The withdrawn currencies (ISO 4217, list three) that stored orders and payments may have. The API shows and refunds
 * amounts in these currencies, and does not accept new prices in them.
 */
export const WITHDRAWN_CURRENCIES: Readonly<Record<CurrencyCode, WithdrawnCurrency>> = {
  ANG: { digits: 2, since: '2025-07-01', successor: 'XCG' },
  BGN: { digits: 2, since: '2026-01-01', successor: 'EUR' },
  HRK: { digits: 2, since: '2023-01-01', successor: 'EUR' },
  ZWL: { digits: 2, since: '2024-09-01', successor: 'ZWG' },
};

/** Whether a code names an active currency. Only active currencies may be the currencies of new prices, carts and orders. */
export function isCurrencyCode(code: string): code is CurrencyCode {
  return Object.hasOwn(CURRENCIES, code);
}

/** Whether a stored amount may have this currency, because the currency is active or withdrawn. */
export function isKnownCurrency(code: string): code is CurrencyCode {
  return isCurrencyCode(code) || Object.hasOwn(WITHDRAWN_CURRENCIES, code);
}

/** The error message for a code that cannot be used for a new amount. The message states the reason and the remedy. */
export function currencyProblem(code: string): string {
  const withdrawn = Object.hasOwn(WITHDRAWN_CURRENCIES, code) ? WITHDRAWN_CURRENCIES[code] : undefined;
  if (!withdrawn) return 'Use an active ISO 4217 code in capitals, such as "EUR"';
  return `${code} was withdrawn on ${withdrawn.since}. Use ${withdrawn.successor}`;
}

/** The number of digits after the decimal point. @throws RangeError for an unknown code */
export function exponentOf(currency: CurrencyCode): number {
  const digits = CURRENCIES[currency] ?? WITHDRAWN_CURRENCIES[currency]?.digits;
  if (digits === undefined) throw new RangeError(`Unknown currency "${currency}". ${currencyProblem(currency)}`);
  return digits;
}

function withDigits(digits: number, codes: string): Record<CurrencyCode, number> {
  return Object.fromEntries(codes.split(/\s+/).map((code) => [code, digits]));
}
