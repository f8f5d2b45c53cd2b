/** An amount as the API returns it. */
export interface Money {
  readonly amount: string;
  readonly currencyCode: string;
}

/** Formats money with the decimal places of the amount. Intl reads the decimal string exactly, without a conversion to a float. */
export function formatMoney({ amount, currencyCode }: Money, locale: string): string {
  const digits = amount.split('.')[1]?.length ?? 0;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currencyCode,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // TypeScript's library does not declare that `format` accepts decimal strings (ECMA-402, 2023).
  return format.format(amount as unknown as number);
}

/** Formats a time as "3 May 2026, 14:05", in the time zone of the browser. */
export function formatDateTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** Returns the name of a country in the language of the locale. */
export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
}
