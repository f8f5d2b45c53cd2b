import { err, exponentOf, money, ok, type Money, type Result } from '@souk/kit/domain';

/** The currencies of Paystack (paystack.com/docs/api, supported currency). */
const CURRENCIES: ReadonlySet<string> = new Set(['NGN', 'GHS', 'ZAR', 'KES', 'USD', 'XOF']);
/** Paystack counts every currency in hundredths, also the CFA franc, which has no smaller unit. */
const DIGITS = 2;

/** An amount in hundredths of the currency, as Paystack wants it. */
export function paystackAmount({ amountMinor, currency }: Money): Result<number, 'currency_not_supported'> {
  if (!CURRENCIES.has(currency)) return err('currency_not_supported');
  return ok(amountMinor * scaleOf(currency));
}

/** An amount that Paystack reports. Null: Souk cannot count it, because it is no whole number of the smallest unit. */
export function amountFromPaystack(hundredths: number, currency: string): Money | null {
  if (!CURRENCIES.has(currency)) return null;
  const minor = hundredths / scaleOf(currency);
  return Number.isSafeInteger(minor) ? money(minor, currency) : null;
}

const scaleOf = (currency: string) => 10 ** (DIGITS - exponentOf(currency));
