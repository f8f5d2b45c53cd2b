import { isDecimal, MAX_PRICE_MINOR, moneyFromDecimal, type CurrencyCode } from '@souk/kit/domain';

/**
 * Converts an amount that staff entered into minor units.
 * @returns null when the text is not an amount from 0 to `MAX_PRICE_MINOR`, or has more decimal places than the currency
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
