import type { RequestContext } from '@souk/kit/context';
import type { ReferenceResolvers } from '@souk/kit/graphql';
import type { SubgraphDependencies } from '@souk/kit/runtime';
import type { OrdersDatabase } from '../database.ts';
import type { OrderService } from '../order/order.service.ts';
import { invoiceOrderLoader, orderInvoicesLoader } from './invoice.loader.ts';
import { presentInvoice } from './invoice.presenter.ts';
import { InvoiceResolver } from './invoice.resolver.ts';
import { InvoiceService } from './invoice.service.ts';
import { InvoiceSettingsResolver } from './invoice-settings.resolver.ts';
import { InvoiceSettingsService } from './invoice-settings.service.ts';
import { InvoicingJob } from './invoicing.job.ts';
import { OrderInvoicesResolver } from './order-invoices.resolver.ts';

/** The GraphQL classes of invoices. */
export const invoiceClasses = {
  resolvers: [InvoiceResolver, OrderInvoicesResolver, InvoiceSettingsResolver] as const,
};

/** Creates the services, the resolvers and the job of invoices. */
export function createInvoices(
  dependencies: Pick<SubgraphDependencies<OrdersDatabase, unknown>, 'unitOfWork' | 'clock' | 'logger'>,
  orders: OrderService,
) {
  const { unitOfWork, clock } = dependencies;
  const invoices = new InvoiceService(unitOfWork, orders, clock);
  const settings = new InvoiceSettingsService(unitOfWork);
  const ofOrders = orderInvoicesLoader(invoices);
  const references: ReferenceResolvers = {
    Invoice: async ({ id }, ctx) => {
      const found = await invoices.find(ctx, String(id), null);
      return found && presentInvoice(found);
    },
  };
  return {
    resolvers: [
      new InvoiceResolver(invoices, invoiceOrderLoader(orders), ofOrders),
      new OrderInvoicesResolver(ofOrders),
      new InvoiceSettingsResolver(settings),
    ],
    references,
    nodes: { Invoice: (ctx: RequestContext, id: string) => invoices.find(ctx, id, null) },
    invoices,
    services: {
      setInvoiceSettings: settings.import.bind(settings),
      issueDueInvoices: invoices.issueDue.bind(invoices),
    },
    jobs: [new InvoicingJob(dependencies)],
  };
}
