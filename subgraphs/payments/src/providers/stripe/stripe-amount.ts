import { err, exponentOf, ok, type Money, type Result } from '@souk/kit/domain';

/**
 * Currencies that Stripe counts in another unit than ISO 4217: an amount of 100 is one whole unit, and fractions are refused
 * (docs.stripe.com/currencies, special cases).
 */
const HUNDREDTHS_OF_WHOLE_UNITS: ReadonlySet<string> = new Set(['ISK']);

/** The ariary has two decimal places in ISO 4217, and none at Stripe (docs.stripe.com/currencies, zero-decimal currencies). */
const WHOLE_UNITS: ReadonlySet<string> = new Set(['MGA']);

/** Stripe lists the shilling both as a zero-decimal currency and as a special case with two decimal places. A guess may be wrong by a factor of 100. */
const AMBIGUOUS: ReadonlySet<string> = new Set(['UGX']);

/**
 * An amount in Stripe's smallest unit. Amounts with three decimal places must end in 0.
 * @returns the decline code of an amount that Stripe cannot charge
 */
export function stripeAmount({ amountMinor, currency }: Money): Result<number, string> {
  if (AMBIGUOUS.has(currency)) return err('currency_not_supported');
  if (HUNDREDTHS_OF_WHOLE_UNITS.has(currency)) return ok(amountMinor * 100);
  if (WHOLE_UNITS.has(currency)) return amountMinor % 100 === 0 ? ok(amountMinor / 100) : err('invalid_amount');
  if (exponentOf(currency) === 3 && amountMinor % 10 !== 0) return err('invalid_amount');
  return ok(amountMinor);
}

/** Souk's minor units for an amount of Stripe. The inverse of `stripeAmount`. */
export function minorUnitsOf(amount: number, currency: string): number {
  if (HUNDREDTHS_OF_WHOLE_UNITS.has(currency)) return Math.round(amount / 100);
  return WHOLE_UNITS.has(currency) ? amount * 100 : amount;
}
