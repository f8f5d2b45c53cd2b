import { decimalAmount, type Money } from '@souk/kit/domain';

/** Formats the values of an invoice in its locale. */
export interface InvoiceFormats {
  money(amount: Money): string;
  /** A price of one unit, with up to six decimal places. */
  unitPrice(price: string, currency: string): string;
  /** A rate in millionths, as percent. */
  rate(millionths: number): string;
  quantity(units: number): string;
  /** The day in UTC. */
  date(at: Date | string): string;
  country(code: string): string;
}

/** The formats of a locale. A text that is no locale has the formats of English. */
export function formatsOf(locale: string): InvoiceFormats {
  const known = canonical(locale);
  const days = new Intl.DateTimeFormat(known, { dateStyle: 'medium', timeZone: 'UTC' });
  const rates = new Intl.NumberFormat(known, { style: 'percent', maximumFractionDigits: 4 });
  const units = new Intl.NumberFormat(known);
  const countries = new Intl.DisplayNames(known, { type: 'region' });
  return {
    money: (amount) => formatted(known, decimalAmount(amount), amount.currency),
    unitPrice: (price, currency) => formatted(known, price, currency),
    rate: (millionths) => rates.format(millionths / 1_000_000),
    quantity: (quantity) => units.format(quantity),
    date: (at) => days.format(new Date(at)),
    country: (code) => countries.of(code) ?? code,
  };
}

/** The decimal places are those of the text: Intl would give HUF and IDR none. Intl reads a decimal string exactly. */
function formatted(locale: string, amount: string, currency: string): string {
  const digits = amount.split('.')[1]?.length ?? 0;
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...places });
  // TypeScript's library does not know that `format` reads strings (ECMA-402, 2023).
  return format.format(amount as unknown as number);
}

function canonical(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
