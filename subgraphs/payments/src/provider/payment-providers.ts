import type { PAYMENT_PROVIDERS } from '../contract.ts';
import type { PaymentProvider } from './payment-provider.ts';

/** The adapter of each provider. */
export type PaymentProviders = Readonly<Record<(typeof PAYMENT_PROVIDERS)[number], PaymentProvider>>;
