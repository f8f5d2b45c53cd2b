import { handleNodeLookup } from '@souk/kit/contracts';
import { requireId } from '@souk/kit/graphql';
import { defineSubgraph, type SubgraphDefinition } from '@souk/kit/runtime';
import { FindPaymentsNode } from './contract.ts';
import { entities, type PaymentsDatabase } from './database.ts';
import { paymentsManifest } from './manifest.ts';
import { PaymentReader } from './payment/payment-reader.service.ts';
import { paymentCommands } from './payment/payment.commands.ts';
import { paymentLoaders } from './payment/payment.loader.ts';
import { presentPayment } from './payment/payment.presenter.ts';
import { paymentRecovery } from './payment/payment-recovery.job.ts';
import { OrderPaymentsResolver, PaymentResolver } from './payment/payment.resolver.ts';
import { PaymentService } from './payment/payment.service.ts';
import { OrderStub } from './payment/payment.types.ts';
import { StaffPaymentService } from './payment/staff-payment.service.ts';
import { TestPaymentProvider } from './provider/test-payment.provider.ts';
import { userErrorClasses } from './user-errors.ts';

/** The settings. There are none, because the test provider is built in. */
export type PaymentsSettings = Readonly<Record<string, never>>;
/** The services. There are none, because the composition root needs none. */
export type PaymentsServices = Readonly<Record<string, never>>;

/** The subgraph of payments and their transactions at payment providers. */
export const payments: SubgraphDefinition<PaymentsDatabase, PaymentsSettings, PaymentsServices> = defineSubgraph({
  manifest: paymentsManifest,
  entities,
  graphql: {
    resolvers: [PaymentResolver, OrderPaymentsResolver],
    orphanedTypes: [OrderStub, ...userErrorClasses],
  },
  create({ unitOfWork, clock, logger }) {
    const service = new PaymentService(unitOfWork, { TEST: new TestPaymentProvider(unitOfWork) }, clock);
    const reader = new PaymentReader(unitOfWork);
    const loaders = paymentLoaders(reader);
    return {
      resolvers: [
        new PaymentResolver(reader, new StaffPaymentService(service, reader), loaders),
        new OrderPaymentsResolver(loaders),
      ],
      references: {
        Payment: async ({ id }, ctx) => {
          const found = await loaders.byId.load(ctx, requireId('id', String(id)));
          return found && presentPayment(found);
        },
        Order: ({ id }) => ({ id: requireId('id', String(id)) }),
      },
      commands: [
        ...paymentCommands(service),
        handleNodeLookup(FindPaymentsNode, { Payment: (ctx, id) => reader.find(ctx, id) }),
      ],
      jobs: [paymentRecovery(unitOfWork, service, logger)],
      services: {},
    };
  },
});
