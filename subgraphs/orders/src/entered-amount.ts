import { isDecimal, MAX_PRICE_MINOR, moneyFromDecimal, type CurrencyCode } from '@souk/kit/domain';

/**
 * An amount as staff enter it, in minor units.
 *
 * @returns null for a text that is not an amount from 0 to `MAX_PRICE_MINOR` that the currency can pay.
 */
export function enteredMinor(amount: string, currency: CurrencyCode): number | null {
  if (!isDecimal(amount) || amount.startsWith('-')) return null;
  try {
    const { amountMinor } = moneyFromDecimal(amount, currency);
    return amountMinor <= MAX_PRICE_MINOR ? amountMinor : null;
  } catch (error) {
    if (error instanceof RangeError) return null; // more decimal places than the currency has, or not a safe integer
    throw error;
  }
}
