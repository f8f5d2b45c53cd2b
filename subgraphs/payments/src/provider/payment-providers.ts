import type { PAYMENT_PROVIDERS } from '../contract.ts';
import type { PaymentProvider } from './payment-provider.ts';

/** The adapter of every provider that a payment may name. */
export type PaymentProviders = Readonly<Record<(typeof PAYMENT_PROVIDERS)[number], PaymentProvider>>;
