import { expect, test } from '@jest/globals';
import { optionsOf, type OfferedProvider } from './payment-options.ts';
import { stripeAmountOf } from './stripe-amount.ts';

const offer = (provider: OfferedProvider['provider'], publishableKey: string | null = null) => ({
  provider,
  publishableKey,
});

test('cards come before the pages of providers', () => {
  const options = optionsOf([offer('FLUTTERWAVE'), offer('PAYSTACK'), offer('STRIPE', 'pk_live_1'), offer('TEST')]);
  expect(options.map(({ provider, kind, token }) => [provider, kind, token])).toEqual([
    ['TEST', 'TOKEN', 'tok_visa'],
    ['TEST', 'TOKEN', 'tok_declined'],
    ['STRIPE', 'STRIPE_FORM', null],
    ['PAYSTACK', 'HOSTED', null],
    ['FLUTTERWAVE', 'HOSTED', null],
  ]);
});

test('Stripe without a public key takes the test cards of Stripe', () => {
  expect(optionsOf([offer('STRIPE')]).map(({ token }) => token)).toEqual([
    'pm_card_visa',
    'pm_card_authenticationRequired',
  ]);
});

test('a provider that the store does not know is no option', () => {
  expect(optionsOf([offer('BANK_OF_TOMORROW' as OfferedProvider['provider'])])).toEqual([]);
});

test.each([
  ['44.90', 'EUR', 4490],
  ['0.05', 'EUR', 5],
  ['1200', 'JPY', 1200],
  ['1.250', 'KWD', 1250],
  ['500', 'ISK', 50_000],
  ['300.00', 'MGA', 300],
])('Stripe counts %s %s as %d', (amount, currencyCode, counted) => {
  expect(stripeAmountOf({ amount, currencyCode })).toBe(counted);
});
