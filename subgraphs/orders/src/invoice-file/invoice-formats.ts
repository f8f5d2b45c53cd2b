import { decimalAmount, type Money } from '@souk/kit/domain';

/** Formats the values of an invoice in its locale. */
export interface InvoiceFormats {
  money(amount: Money): string;
  /** Formats the price of one unit, which has up to six decimal places. */
  unitPrice(price: string, currency: string): string;
  /** Formats a tax rate as a percentage. @param millionths the tax rate, for instance 190_000 for 19 % */
  rate(millionths: number): string;
  quantity(units: number): string;
  /** Formats the date of a time, in UTC. */
  date(at: Date | string): string;
  country(code: string): string;
}

/** The formats of a locale. An invalid locale has the formats of English. */
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

/**
 * Formats a decimal string without loss, with as many decimal places as the string has. By default Intl would drop the places of HUF and
 * IDR.
 */
function formatted(locale: string, amount: string, currency: string): string {
  const digits = amount.split('.')[1]?.length ?? 0;
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...places });
  // ECMA-402 (2023) allows strings here. TypeScript's library types do not.
  return format.format(amount as unknown as number);
}

function canonical(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
