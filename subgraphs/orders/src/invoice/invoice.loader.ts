import { RequestLoader } from '@souk/kit/graphql';
import type { OrderView } from '../order/order-details.loader.ts';
import type { OrderService } from '../order/order.service.ts';
import type { StoredInvoice } from './invoice.repository.ts';
import type { InvoiceService } from './invoice.service.ts';

export type OrderInvoicesLoader = RequestLoader<string, readonly StoredInvoice[]>;
export type InvoiceOrderLoader = RequestLoader<string, OrderView>;

/** Loads the invoices and credit notes of orders, with one statement per request. The caller must have checked access to the orders. */
export function orderInvoicesLoader(invoices: InvoiceService): OrderInvoicesLoader {
  return new RequestLoader((ctx, orderIds) => invoices.ofOrders(ctx, orderIds));
}

/** Loads the orders of invoices. Access to an invoice includes access to its order. */
export function invoiceOrderLoader(orders: OrderService): InvoiceOrderLoader {
  return new RequestLoader(async (ctx, ids) => {
    const views = await orders.loadMany(ctx, ids);
    return new Map(views.map((view) => [view.order.id, view]));
  });
}
