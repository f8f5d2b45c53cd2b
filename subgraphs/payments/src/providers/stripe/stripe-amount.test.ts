import { describe, expect, test } from '@jest/globals';
import { CURRENCIES, exponentOf, money } from '@souk/kit/domain';
import fc from 'fast-check';
import { minorUnitsOf, stripeAmount } from './stripe-amount.ts';

/** The zero-decimal currencies of docs.stripe.com/currencies, without UGX. */
const ZERO_DECIMAL = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');

describe('an amount for Stripe', () => {
  test.each([
    ['EUR', 1_999, 1_999],
    ['JPY', 500, 500],
    ['ISK', 5, 500],
    ['MGA', 500, 5],
    ['KWD', 5_120, 5_120],
    ['HUF', 1_045, 1_045],
  ])('in %s of %i minor units is %i', (currency, minor, expected) => {
    expect(stripeAmount(money(minor, currency))).toEqual({ ok: true, value: expected });
  });

  test.each([
    ['KWD', 5_124, 'invalid_amount'],
    ['MGA', 550, 'invalid_amount'],
    ['UGX', 500, 'currency_not_supported'],
  ])('in %s of %i minor units is declined', (currency, minor, error) => {
    expect(stripeAmount(money(minor, currency))).toEqual({ ok: false, error });
  });

  test('in a zero-decimal currency is the number of whole units', () => {
    for (const currency of ZERO_DECIMAL) {
      const oneUnit = 10 ** exponentOf(currency);
      expect([currency, stripeAmount(money(7 * oneUnit, currency))]).toEqual([currency, { ok: true, value: 7 }]);
    }
  });

  test('is read back without a change', () => {
    const amounts = fc.record({
      currency: fc.constantFrom(...Object.keys(CURRENCIES)),
      amountMinor: fc.integer({ min: 1, max: 10_000_000_000 }),
    });
    fc.assert(
      fc.property(amounts, (amount) => {
        const sent = stripeAmount(amount);
        if (sent.ok) expect(minorUnitsOf(sent.value, amount.currency)).toBe(amount.amountMinor);
      }),
    );
  });
});
