import type { Money } from '../i18n/format.ts';

/** Currencies whose unit at Stripe differs from the minor unit of ISO 4217, with the factor (docs.stripe.com/currencies). */
const FACTORS: Readonly<Record<string, number>> = { ISK: 100, MGA: 0.01 };

/** An amount as Stripe counts it: the number of the smallest units. The API writes amounts with the decimal places of ISO 4217. */
export function stripeAmountOf({ amount, currencyCode }: Money): number {
  return Number(amount.replace('.', '')) * (FACTORS[currencyCode] ?? 1);
}
