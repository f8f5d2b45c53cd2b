import { err, exponentOf, money, ok, type Money, type Result } from '@souk/kit/domain';

/** The currencies that Paystack supports (paystack.com/docs/api, supported currency). */
const CURRENCIES: ReadonlySet<string> = new Set(['NGN', 'GHS', 'ZAR', 'KES', 'USD', 'XOF']);
/** Paystack's amounts are in hundredths for every currency, even for the CFA franc, which has no minor unit. */
const DIGITS = 2;

/** Converts an amount to hundredths of the currency, which Paystack requires. */
export function paystackAmount({ amountMinor, currency }: Money): Result<number, 'currency_not_supported'> {
  if (!CURRENCIES.has(currency)) return err('currency_not_supported');
  return ok(amountMinor * scaleOf(currency));
}

/** Converts an amount from Paystack. Null when it is not a whole number of minor units. */
export function amountFromPaystack(hundredths: number, currency: string): Money | null {
  if (!CURRENCIES.has(currency)) return null;
  const minor = hundredths / scaleOf(currency);
  return Number.isSafeInteger(minor) ? money(minor, currency) : null;
}

const scaleOf = (currency: string) => 10 ** (DIGITS - exponentOf(currency));
