import type { RequestContext } from '@souk/kit/context';
import type { PaymentsServices } from '@souk/payments';

const SETTINGS = { enabled: true, captureMethod: 'MANUAL', publishableKey: null } as const;

const limitsTo = (currencies: string) => currencies.split(' ').map((currencyCode) => ({ currencyCode }));

/** The providers with a page of their own take the money at once. They are offered for the currencies that they count. */
const HOSTED = { ...SETTINGS, captureMethod: 'AUTOMATIC' } as const;

/**
 * Offers the test provider, and the others where the installation has the secrets of their emulators. An installation with keys of its own has
 * none: its shops set their accounts themselves.
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
