import type { Money } from '../i18n/format.ts';

/**
 * Currencies whose minor unit at Stripe differs from ISO 4217, with the factor between them
 * (docs.stripe.com/currencies).
 */
const FACTORS: Readonly<Record<string, number>> = { ISK: 100, MGA: 0.01 };

/** Converts an amount to Stripe's integer in minor units. The API's amounts have the decimal places of ISO 4217. */
export function stripeAmountOf({ amount, currencyCode }: Money): number {
  return Number(amount.replace('.', '')) * (FACTORS[currencyCode] ?? 1);
}
