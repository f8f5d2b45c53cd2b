import { join } from 'node:path';
import { startStripeEmulator } from '@souk/emulators/stripe';
import type { PaymentsSettings } from '@souk/payments';

/** The settings of payments, and the emulator of Stripe that serves them. */
export interface EmulatedPayments {
  readonly settings: PaymentsSettings;
  /** Sends webhooks to Souk at this URL from now on. */
  notify(url: string): void;
  stop(): Promise<void>;
}

/** The name of the secret that every shop may use while no keys are configured. */
const EMULATOR_SECRET = 'emulator';

/** Starts the emulator of Stripe. Its books are in the data folder, so payments survive a restart. */
export async function startEmulatedPayments(dataDir: string): Promise<EmulatedPayments> {
  const webhookSecret = 'whsec_emulator'; // the emulator listens on this machine only, and moves no money
  let soukUrl: string | null = null;
  const emulator = await startStripeEmulator({
    webhookSecret,
    webhookUrl: () => soukUrl && `${soukUrl}/api/v1/payments/webhook/stripe`,
    file: join(dataDir, 'emulators/stripe.jsonl'),
  });
  const keys = { secretKey: 'sk_test_emulator', webhookSecret, apiUrl: emulator.url };
  return {
    settings: { secrets: [{ tenantId: '*', name: EMULATOR_SECRET, ...keys }] },
    notify: (url) => void (soukUrl = url),
    stop: () => emulator.stop(),
  };
}

/** The shops have keys of their own. */
export const NO_EMULATOR: EmulatedPayments = { settings: {}, notify: () => undefined, stop: async () => undefined };
