import {
  decimalAmount,
  err,
  exponentOf,
  isCurrencyCode,
  moneyFromDecimal,
  ok,
  type Money,
  type Result,
} from '@souk/kit/domain';

/** The maximum number of decimal places in Flutterwave's amounts (developer.flutterwave.com/docs/flutterwave-standard-1). */
const MAX_DIGITS = 2;

/** Converts an amount to Flutterwave's format: a decimal number of whole currency units. */
export function flutterwaveAmount(amount: Money): Result<number, 'currency_not_supported'> {
  // A JSON number has 15 exact digits, which is enough for every allowed amount in hundredths.
  return exponentOf(amount.currency) > MAX_DIGITS ? err('currency_not_supported') : ok(Number(decimalAmount(amount)));
}

/** Converts an amount from Flutterwave. Null when it is not a whole number of minor units, or too large. */
export function amountFromFlutterwave(amount: number, currency: string): Money | null {
  if (!isCurrencyCode(currency)) return null;
  try {
    return moneyFromDecimal(String(amount), currency);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
