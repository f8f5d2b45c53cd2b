import { handleNodeLookup } from '@souk/kit/contracts';
import { requireId } from '@souk/kit/graphql';
import { defineSubgraph, type SubgraphDefinition } from '@souk/kit/runtime';
import { FindPaymentsNode } from './contract.ts';
import { PaymentAccountResolver } from './account/payment-account.resolver.ts';
import { PaymentAccountService } from './account/payment-account.service.ts';
import { readProviderSecrets } from './account/provider-secrets.repository.ts';
import { DisputeResolver, PaymentDisputesResolver } from './dispute/dispute.resolver.ts';
import { DisputeService } from './dispute/dispute.service.ts';
import { latePaymentCheck } from './late/late-payments.job.ts';
import { LatePayments } from './late/late-payments.service.ts';
import { entities, type PaymentsDatabase } from './database.ts';
import { paymentsManifest, type PaymentsSettings } from './manifest.ts';
import { PaymentReader } from './payment/payment-reader.service.ts';
import { paymentCommands } from './payment/payment.commands.ts';
import { paymentLoaders } from './payment/payment.loader.ts';
import { presentPayment } from './payment/payment.presenter.ts';
import { paymentRecovery } from './payment/payment-recovery.job.ts';
import { OrderPaymentsResolver, PaymentResolver } from './payment/payment.resolver.ts';
import { PaymentService } from './payment/payment.service.ts';
import { OrderStub } from './payment/payment.types.ts';
import { StaffPaymentService } from './payment/staff-payment.service.ts';
import { StepService } from './payment/step.service.ts';
import { DISPUTE_SOURCES, paymentProviders, WEBHOOK_READERS } from './providers/providers.assembly.ts';
import { userErrorClasses } from './user-errors.ts';
import { WebhookResolver } from './webhook/webhook.resolver.ts';
import { WebhookService } from './webhook/webhook.service.ts';

export type { ProviderSecret } from './account/provider-secret.ts';
export type { PaymentsSettings } from './manifest.ts';
/** The services that the composition root calls, for instance to import the demo data. */
export interface PaymentsServices {
  readonly setAccount: PaymentAccountService['set'];
}

/** The definition of the payments subgraph, from which a process is started. */
export const payments: SubgraphDefinition<PaymentsDatabase, PaymentsSettings, PaymentsServices> = defineSubgraph({
  manifest: paymentsManifest,
  entities,
  graphql: {
    resolvers: [
      PaymentResolver,
      OrderPaymentsResolver,
      PaymentAccountResolver,
      WebhookResolver,
      DisputeResolver,
      PaymentDisputesResolver,
    ],
    orphanedTypes: [OrderStub, ...userErrorClasses],
  },
  create({ unitOfWork, clock, logger, settings }) {
    const fromFile = settings.secretsFile === undefined ? [] : readProviderSecrets(settings.secretsFile);
    const accounts = new PaymentAccountService(unitOfWork, [...(settings.secrets ?? []), ...fromFile]);
    const providers = paymentProviders({ unitOfWork, accounts, clock });
    const service = new PaymentService(unitOfWork, providers, clock);
    const steps = new StepService(unitOfWork, providers, clock);
    const late = new LatePayments(unitOfWork, providers, { steps, clock, logger });
    const disputes = new DisputeService(unitOfWork, DISPUTE_SOURCES, { clock, logger });
    const webhooks = new WebhookService(accounts, WEBHOOK_READERS, { payments: service, late, disputes }, logger);
    const reader = new PaymentReader(unitOfWork);
    const loaders = paymentLoaders(reader, disputes);
    return {
      resolvers: [
        new PaymentResolver(reader, new StaffPaymentService(service, reader), loaders),
        new OrderPaymentsResolver(loaders),
        new PaymentAccountResolver(accounts),
        new WebhookResolver(webhooks),
        new DisputeResolver(disputes, loaders),
        new PaymentDisputesResolver(loaders),
      ],
      references: {
        Payment: async ({ id }, ctx) => {
          const found = await loaders.byId.load(ctx, requireId('id', String(id)));
          return found && presentPayment(found);
        },
        Order: ({ id }) => ({ id: requireId('id', String(id)) }),
      },
      commands: [
        ...paymentCommands(service, accounts),
        handleNodeLookup(FindPaymentsNode, { Payment: (ctx, id) => reader.find(ctx, id) }),
      ],
      jobs: [paymentRecovery(unitOfWork, service, logger), latePaymentCheck(unitOfWork, late, logger)],
      services: { setAccount: accounts.set.bind(accounts) },
    };
  },
});
