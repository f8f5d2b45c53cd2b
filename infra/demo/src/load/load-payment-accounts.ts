import type { RequestContext } from '@souk/kit/context';
import type { PaymentsServices } from '@souk/payments';

const SETTINGS = { enabled: true, captureMethod: 'MANUAL', publishableKey: null } as const;

/**
 * Offers the test provider, and Stripe where the installation has the emulator's secret. An installation with keys of its own has none: its
 * shops set their accounts themselves.
 */
export async function loadPaymentAccounts(payments: PaymentsServices, ctx: RequestContext): Promise<void> {
  await payments.setAccount(ctx, { ...SETTINGS, provider: 'TEST', secretName: null, limits: [] });
  await payments.setAccount(ctx, { ...SETTINGS, provider: 'STRIPE', secretName: 'emulator', limits: [] });
}
