import type { Clock } from '@souk/kit/domain';
import type { AccountSource } from '../account/account-source.ts';
import type { DisputeSources } from '../dispute/dispute-source.ts';
import type { PaymentsUnitOfWork } from '../database.ts';
import { StepTurns } from '../payment/step-turn.service.ts';
import type { PaymentProviders } from '../provider/payment-providers.ts';
import { TestPaymentProvider } from '../provider/test-payment.provider.ts';
import type { TransactionSources } from '../reconciliation/transaction-source.ts';
import type { MethodVaults } from '../saved-method/method-vault.ts';
import type { WebhookReaders } from '../webhook/webhook.service.ts';
import { FlutterwaveApi } from './flutterwave/flutterwave-api.provider.ts';
import { FlutterwaveDisputes } from './flutterwave/flutterwave-disputes.provider.ts';
import { FlutterwaveLists } from './flutterwave/flutterwave-lists.provider.ts';
import { FlutterwaveWebhookReader } from './flutterwave/flutterwave-webhook.provider.ts';
import { HostedPaymentProvider } from './hosted/hosted.provider.ts';
import { HostedTransactions } from './hosted/hosted-transactions.provider.ts';
import { PaystackApi } from './paystack/paystack-api.provider.ts';
import { PaystackDisputes } from './paystack/paystack-disputes.provider.ts';
import { PaystackLists } from './paystack/paystack-lists.provider.ts';
import { PaystackWebhookReader } from './paystack/paystack-webhook.provider.ts';
import { StripeDisputes } from './stripe/stripe-disputes.provider.ts';
import { StripePaymentProvider } from './stripe/stripe.provider.ts';
import { StripeTransactions } from './stripe/stripe-transactions.provider.ts';
import { StripeVault } from './stripe/stripe-vault.provider.ts';
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

export const METHOD_VAULTS: MethodVaults = { STRIPE: new StripeVault() };

export const DISPUTE_SOURCES: DisputeSources = {
  STRIPE: new StripeDisputes(),
  PAYSTACK: new PaystackDisputes(),
  FLUTTERWAVE: new FlutterwaveDisputes(),
};

export const TRANSACTION_SOURCES: TransactionSources = {
  STRIPE: new StripeTransactions(),
  PAYSTACK: new HostedTransactions((secret) => new PaystackLists(secret)),
  FLUTTERWAVE: new HostedTransactions((secret) => new FlutterwaveLists(secret)),
};
