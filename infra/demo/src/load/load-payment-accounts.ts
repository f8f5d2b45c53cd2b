import type { RequestContext } from '@souk/kit/context';
import type { PaymentsServices } from '@souk/payments';

const SETTINGS = { enabled: true, captureMethod: 'MANUAL', publishableKey: null } as const;

const limitsTo = (currencies: string) => currencies.split(' ').map((currencyCode) => ({ currencyCode }));

/**
 * Settings of providers with a payment page. They capture immediately, and are offered only for the currencies that
 * they support.
 */
const HOSTED = { ...SETTINGS, captureMethod: 'AUTOMATIC' } as const;

/**
 * Creates the account of the test provider, and the accounts of the other providers if the installation has the secrets
 * of their emulators. An installation with real keys does not have these secrets. Its shops create their own accounts.
 */
export async function loadPaymentAccounts(payments: PaymentsServices, ctx: RequestContext): Promise<void> {
  await payments.setAccount(ctx, { ...SETTINGS, provider: 'TEST', secretName: null, limits: [] });
  await payments.setAccount(ctx, { ...SETTINGS, provider: 'STRIPE', secretName: 'emulator', limits: [] });
  await payments.setAccount(ctx, {
    ...HOSTED,
    provider: 'PAYSTACK',
    secretName: 'emulator-paystack',
    limits: limitsTo('NGN GHS ZAR KES USD XOF'),
  });
  await payments.setAccount(ctx, {
    ...HOSTED,
    provider: 'FLUTTERWAVE',
    secretName: 'emulator-flutterwave',
    limits: limitsTo('NGN GHS ZAR KES USD EUR GBP XOF XAF'),
  });
}
