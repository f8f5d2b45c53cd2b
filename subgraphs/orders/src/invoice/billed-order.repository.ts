import { fixedStatement } from '@souk/kit/persistence';
import type { OrdersTransaction } from '../database.ts';
import {
  findOrderLines,
  findOrders,
  type OrderLineRecord,
  type OrderRecord,
} from '../order/order-records.repository.ts';
import { paidLineOf, paidOrderOf } from '../order/order-refund.repository.ts';
import type { CreditableOrder } from './credit-note.ts';
import type { BilledLine, BilledOrder } from './issue-invoice.ts';

/** An order with all data that its invoice and credit notes are computed from. */
export interface BillableOrder extends BilledOrder, CreditableOrder {
  readonly id: string;
  /** Whether the amount that the buyer owes was captured. */
  readonly isPaid: boolean;
}

const locked = fixedStatement(`select from sales_order where tenant_id = $1 and id = $2 for no key update`);
const pending = fixedStatement(`
  select from order_line_cancellation where tenant_id = $1 and order_id = $2 and done_at is null
  union all
  select from order_compensation where tenant_id = $1 and order_id = $2 and done_at is null`);

/** Locks and reads an order until the end of the transaction. Null when the order is unknown. */
export async function lockBillableOrder(tx: OrdersTransaction, id: string): Promise<BillableOrder | null> {
  await locked(tx.db, tx.tenantId, id);
  const [[order], lines] = await Promise.all([findOrders(tx, [id]), findOrderLines(tx, [id])]);
  return order ? billable(order, lines.get(id) ?? []) : null;
}

/** Whether a compensation of the order is pending, so some stock or money has not been returned yet. */
export async function isBeingGivenBack({ db, tenantId }: OrdersTransaction, orderId: string): Promise<boolean> {
  return (await pending(db, tenantId, orderId)).rows.length > 0;
}

/** Removes the order from the queue of the invoicing job. */
export async function endInvoiceRequest({ db, tenantId }: OrdersTransaction, orderId: string): Promise<void> {
  await db.deleteFrom('invoice_due').where('tenant_id', '=', tenantId).where('order_id', '=', orderId).execute();
}

/** Sets the time at which the invoicing job processes the order again. */
export async function postponeInvoice({ db, tenantId }: OrdersTransaction, orderId: string, until: Date) {
  await db
    .updateTable('invoice_due')
    .set({ retry_at: until })
    .where('tenant_id', '=', tenantId)
    .where('order_id', '=', orderId)
    .execute();
}

function billable(order: OrderRecord, lines: readonly OrderLineRecord[]): BillableOrder {
  const { currency, payment } = order;
  const due = order.total_minor - order.canceled_minor - order.returned_minor;
  return {
    ...paidOrderOf(order, []),
    id: order.id,
    number: order.number,
    placedAt: order.placed_at,
    locale: order.locale,
    currency,
    email: order.email,
    shippingAddress: order.shipping_address,
    billingAddress: order.billing_address,
    shippingMethodName: order.shipping_method_name,
    purchaseOrderNumber: order.purchase_order_number,
    lines: lines.map((line) => billedLine(line, currency)),
    isCanceled: order.canceled_at !== null,
    payment: payment && { captured: payment.captured, refunded: payment.refunded },
    isPaid: payment !== null && payment.captured.amountMinor > 0 && payment.captured.amountMinor >= due,
  };
}

function billedLine(line: OrderLineRecord, currency: string): BilledLine {
  return {
    ...paidLineOf(line, currency),
    sku: line.sku,
    name: line.name,
    options: line.options,
    givenBack: line.canceled_quantity + line.returned_quantity,
    unitPrice: line.unit_price,
  };
}
