import { join } from 'node:path';
import { startFlutterwaveEmulator } from '@souk/emulators/flutterwave';
import { startPaystackEmulator } from '@souk/emulators/paystack';
import { startStripeEmulator } from '@souk/emulators/stripe';
import type { PaymentsSettings } from '@souk/payments';

/** The running emulators, and the settings with which the subgraph payments uses the emulators. */
export interface EmulatedPayments {
  readonly settings: PaymentsSettings;
  /** From now on the emulators send their webhooks to Souk at this URL. */
  notify(url: string): void;
  stop(): Promise<void>;
}

/** The secrets may be public. The emulators listen on this machine only and do not move money. */
const STRIPE = { secretKey: 'sk_test_emulator', webhookSecret: 'whsec_emulator' };
const PAYSTACK = { secretKey: 'sk_test_paystack' };
const FLUTTERWAVE = { secretKey: 'FLWSECK_TEST-emulator-X', secretHash: 'hash-of-the-emulator' };

/**
 * Starts the emulators of Stripe, Paystack and Flutterwave. Every shop may use them while no provider keys are configured. The emulators
 * store payments in the data folder, so payments survive a restart.
 */
export async function startEmulatedPayments(dataDir: string): Promise<EmulatedPayments> {
  let soukUrl: string | null = null;
  const optionsOf = (name: string) => ({
    webhookUrl: () => soukUrl && `${soukUrl}/api/v1/payments/webhook/${name}`,
    file: join(dataDir, `emulators/${name}.jsonl`),
  });
  const stripe = await startStripeEmulator({ webhookSecret: STRIPE.webhookSecret, ...optionsOf('stripe') });
  const paystack = await startPaystackEmulator({ ...PAYSTACK, ...optionsOf('paystack') });
  const flutterwave = await startFlutterwaveEmulator({ ...FLUTTERWAVE, ...optionsOf('flutterwave') });
  const { secretKey, secretHash: webhookSecret } = FLUTTERWAVE;
  const secrets = [
    { tenantId: '*', name: 'emulator', ...STRIPE, apiUrl: stripe.url },
    { tenantId: '*', name: 'emulator-paystack', ...PAYSTACK, webhookSecret: null, apiUrl: paystack.url },
    { tenantId: '*', name: 'emulator-flutterwave', secretKey, webhookSecret, apiUrl: flutterwave.url },
  ];
  return {
    settings: { secrets },
    notify: (url) => void (soukUrl = url),
    stop: async () => void (await Promise.all([stripe.stop(), paystack.stop(), flutterwave.stop()])),
  };
}

/** Used when the shops have their own provider keys. */
export const NO_EMULATOR: EmulatedPayments = { settings: {}, notify: () => undefined, stop: async () => undefined };
