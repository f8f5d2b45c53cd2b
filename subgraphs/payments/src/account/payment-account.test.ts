import { describe, expect, test } from '@jest/globals';
import { money } from '@souk/kit/domain';
import { limitsOf, offeredFor, type PaymentAccount } from './payment-account.ts';
import { providerSecretsSchema, secretOf } from './provider-secret.ts';

const anAccount = (values: Partial<PaymentAccount> = {}): PaymentAccount => ({
  id: 'account',
  provider: 'STRIPE',
  enabled: true,
  secretName: 'stripe',
  publishableKey: 'pk',
  captureMethod: 'MANUAL',
  limits: [],
  version: 1,
  ...values,
});
const offered = (accounts: readonly PaymentAccount[], amountMinor = 1_000, currency = 'EUR') =>
  offeredFor(accounts, money(amountMinor, currency)).map(({ provider }) => provider);

describe('a cart is offered', () => {
  test('the test provider while the shop has no account', () => {
    expect(offered([])).toEqual(['TEST']);
  });

  test('enabled accounts only', () => {
    const test_ = anAccount({ provider: 'TEST', enabled: false });
    expect(offered([test_])).toEqual([]);
    expect(offered([test_, anAccount()])).toEqual(['STRIPE']);
  });

  test('an account for its currencies and amounts, both ends included', () => {
    const limited = anAccount({ limits: [{ currency: 'EUR', minimumMinor: 500, maximumMinor: 2_000 }] });
    expect(offered([limited], 499)).toEqual([]);
    expect(offered([limited], 500)).toEqual(['STRIPE']);
    expect(offered([limited], 2_000)).toEqual(['STRIPE']);
    expect(offered([limited], 2_001)).toEqual([]);
    expect(offered([limited], 1_000, 'USD')).toEqual([]);
  });
});

describe('limits', () => {
  test('are amounts of their currencies', () => {
    expect(
      limitsOf([
        { currencyCode: 'JPY', minimum: '100' },
        { currencyCode: 'EUR', maximum: '9.99' },
      ]),
    ).toEqual({
      ok: true,
      value: [
        { currency: 'JPY', minimumMinor: 100, maximumMinor: null },
        { currency: 'EUR', minimumMinor: 0, maximumMinor: 999 },
      ],
    });
  });

  test.each([
    [[{ currencyCode: 'JPY', minimum: '1.5' }], ['limits', '0', 'minimum']],
    [[{ currencyCode: 'EUR', minimum: '-1' }], ['limits', '0', 'minimum']],
    [[{ currencyCode: 'EUR', minimum: '5', maximum: '4.99' }], ['limits', '0', 'maximum']],
    [
      [{ currencyCode: 'EUR' }, { currencyCode: 'EUR' }],
      ['limits', '1', 'currencyCode'],
    ],
    [[{ currencyCode: 'XXQ' }], ['limits', '0', 'currencyCode']],
  ])('%j are refused', (drafts, field) => {
    expect(limitsOf(drafts)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', field } });
  });
});

describe('a secret', () => {
  const mine = '5a0c0de0-0000-4000-8000-000000000001';
  const other = '5a0c0de0-0000-4000-8000-000000000002';
  const keys = { name: 'stripe', webhookSecret: 'whsec' };
  const secrets = providerSecretsSchema.parse([
    { tenantId: other, secretKey: 'sk_other', ...keys },
    { tenantId: '*', secretKey: 'sk_all', ...keys, name: 'emulator' },
    { tenantId: mine, secretKey: 'sk_mine', ...keys },
  ]);

  test('belongs to its tenant, whatever name another tenant writes', () => {
    expect(secretOf(secrets, { tenantId: mine, name: 'stripe' })?.secretKey).toBe('sk_mine');
    expect(secretOf(secrets.slice(0, 1), { tenantId: mine, name: 'stripe' })).toBeNull();
  });

  test('of every tenant is found by its name', () => {
    expect(secretOf(secrets, { tenantId: mine, name: 'emulator' })?.secretKey).toBe('sk_all');
  });
});
