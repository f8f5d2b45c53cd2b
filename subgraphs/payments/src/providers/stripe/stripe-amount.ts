import { err, exponentOf, ok, type Money, type Result } from '@souk/kit/domain';

/**
 * Currencies without minor units in ISO 4217 whose amounts Stripe counts in hundredths. Stripe refuses fractions of a whole unit
 * (docs.stripe.com/currencies, special cases).
 */
const HUNDREDTHS_OF_WHOLE_UNITS: ReadonlySet<string> = new Set(['ISK']);

/**
 * Currencies with minor units in ISO 4217 whose amounts Stripe counts in whole units (docs.stripe.com/currencies, zero-decimal currencies).
 */
const WHOLE_UNITS: ReadonlySet<string> = new Set(['MGA']);

/**
 * Stripe documents the Ugandan shilling both as a zero-decimal currency and as a special case with two decimal places. It is not supported,
 * because a wrong choice would charge a hundred times the amount.
 */
const AMBIGUOUS: ReadonlySet<string> = new Set(['UGX']);

/**
 * Converts an amount to Stripe's smallest unit. Amounts with three decimal places must end in 0.
 * @returns the decline code when Stripe cannot charge the amount
 */
export function stripeAmount({ amountMinor, currency }: Money): Result<number, string> {
  if (AMBIGUOUS.has(currency)) return err('currency_not_supported');
  if (HUNDREDTHS_OF_WHOLE_UNITS.has(currency)) return ok(amountMinor * 100);
  if (WHOLE_UNITS.has(currency)) return amountMinor % 100 === 0 ? ok(amountMinor / 100) : err('invalid_amount');
  if (exponentOf(currency) === 3 && amountMinor % 10 !== 0) return err('invalid_amount');
  return ok(amountMinor);
}

/** Converts an amount from Stripe to minor units. It is the inverse of `stripeAmount`. */
export function minorUnitsOf(amount: number, currency: string): number {
  if (HUNDREDTHS_OF_WHOLE_UNITS.has(currency)) return Math.round(amount / 100);
  return WHOLE_UNITS.has(currency) ? amount * 100 : amount;
}
