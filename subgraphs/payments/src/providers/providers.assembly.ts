import type { Clock } from '@souk/kit/domain';
import type { AccountSource } from '../account/account-source.ts';
import type { DisputeSources } from '../dispute/dispute-source.ts';
import type { PaymentsUnitOfWork } from '../database.ts';
import { StepTurns } from '../payment/step-turn.service.ts';
import type { PaymentProviders } from '../provider/payment-providers.ts';
import { TestPaymentProvider } from '../provider/test-payment.provider.ts';
import type { WebhookReaders } from '../webhook/webhook.service.ts';
import { FlutterwaveApi } from './flutterwave/flutterwave-api.provider.ts';
import { FlutterwaveWebhookReader } from './flutterwave/flutterwave-webhook.provider.ts';
import { HostedPaymentProvider } from './hosted/hosted.provider.ts';
import { PaystackApi } from './paystack/paystack-api.provider.ts';
import { PaystackDisputes } from './paystack/paystack-disputes.provider.ts';
import { PaystackWebhookReader } from './paystack/paystack-webhook.provider.ts';
import { StripeDisputes } from './stripe/stripe-disputes.provider.ts';
import { StripePaymentProvider } from './stripe/stripe.provider.ts';
import { StripeWebhookReader } from './stripe/stripe-webhook.provider.ts';

interface ProviderDependencies {
  readonly unitOfWork: PaymentsUnitOfWork;
  readonly accounts: AccountSource;
  readonly clock: Clock;
}

/** Creates the adapter of each provider. */
export function paymentProviders({ unitOfWork, accounts, clock }: ProviderDependencies): PaymentProviders {
  const hosted = { accounts, turns: new StepTurns(unitOfWork, clock) };
  return {
    TEST: new TestPaymentProvider(unitOfWork),
    STRIPE: new StripePaymentProvider(accounts),
    PAYSTACK: new HostedPaymentProvider({ ...hosted, name: 'PAYSTACK', connect: (keys) => new PaystackApi(keys) }),
    FLUTTERWAVE: new HostedPaymentProvider({
      ...hosted,
      name: 'FLUTTERWAVE',
      connect: (keys) => new FlutterwaveApi(keys),
    }),
  };
}

export const WEBHOOK_READERS: WebhookReaders = {
  STRIPE: new StripeWebhookReader(),
  PAYSTACK: new PaystackWebhookReader(),
  FLUTTERWAVE: new FlutterwaveWebhookReader(),
};

export const DISPUTE_SOURCES: DisputeSources = { STRIPE: new StripeDisputes(), PAYSTACK: new PaystackDisputes() };
