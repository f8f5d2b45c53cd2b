import { describe, expect, test } from '@jest/globals';
import { CURRENCIES, money } from '@souk/kit/domain';
import fc from 'fast-check';
import { amountFromFlutterwave, flutterwaveAmount } from '../flutterwave/flutterwave-amount.ts';
import { amountFromPaystack, paystackAmount } from '../paystack/paystack-amount.ts';

const amounts = fc.record({
  currency: fc.constantFrom(...Object.keys(CURRENCIES)),
  amountMinor: fc.integer({ min: 1, max: 10_000_000_000 }),
});

describe('an amount for Paystack', () => {
  test.each([
    ['NGN', 1_999, 1_999],
    ['XOF', 500, 50_000],
  ])('in %s of %i minor units is %i', (currency, minor, expected) => {
    expect(paystackAmount(money(minor, currency))).toEqual({ ok: true, value: expected });
  });

  test('in another currency is declined', () => {
    expect(paystackAmount(money(500, 'EUR'))).toEqual({ ok: false, error: 'currency_not_supported' });
  });

  test('is read back without a change, and never rounded', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const sent = paystackAmount(amount);
        if (sent.ok) expect(amountFromPaystack(sent.value, amount.currency)).toEqual(amount);
      }),
    );
    expect(amountFromPaystack(50_050, 'XOF')).toBeNull();
  });
});

describe('an amount for Flutterwave', () => {
  test.each([
    ['NGN', 1_050, 10.5],
    ['XAF', 500, 500],
  ])('in %s of %i minor units is %d', (currency, minor, expected) => {
    expect(flutterwaveAmount(money(minor, currency))).toEqual({ ok: true, value: expected });
  });

  test('with three decimal places is declined', () => {
    expect(flutterwaveAmount(money(500, 'KWD'))).toEqual({ ok: false, error: 'currency_not_supported' });
  });

  test('is read back without a change, and never rounded', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const sent = flutterwaveAmount(amount);
        if (sent.ok) expect(amountFromFlutterwave(sent.value, amount.currency)).toEqual(amount);
      }),
    );
    expect(amountFromFlutterwave(10.555, 'NGN')).toBeNull();
    expect(amountFromFlutterwave(1e21, 'NGN')).toBeNull();
  });
});
