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

/** Flutterwave's amounts have at most two decimal places (developer.flutterwave.com/docs/flutterwave-standard-1). */
const MAX_DIGITS = 2;

/** An amount in whole units with decimal places, as Flutterwave wants it. */
export function flutterwaveAmount(amount: Money): Result<number, 'currency_not_supported'> {
  // A number of JSON has 15 exact digits, more than a safe amount in hundredths.
  return exponentOf(amount.currency) > MAX_DIGITS ? err('currency_not_supported') : ok(Number(decimalAmount(amount)));
}

/** An amount that Flutterwave reports. Null: Souk cannot count it. */
export function amountFromFlutterwave(amount: number, currency: string): Money | null {
  if (!isCurrencyCode(currency)) return null;
  try {
    return moneyFromDecimal(String(amount), currency);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
