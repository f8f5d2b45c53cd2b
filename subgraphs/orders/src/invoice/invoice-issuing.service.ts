import { randomUUID } from 'node:crypto';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { OrdersTransaction } from '../database.ts';
import {
  endInvoiceRequest,
  isBeingGivenBack,
  lockBillableOrder,
  postponeInvoice,
  type BillableOrder,
} from './billed-order.repository.ts';
import { findInvoiceSettings } from './invoice-settings.repository.ts';
import { creditOf, nextCredit } from './credit-note.ts';
import { issuedEventOf } from './invoice.events.ts';
import { seriesOf } from './invoice-number.ts';
import { findInvoicesOfOrders, insertInvoice } from './invoice.repository.ts';
import type { InvoiceSettings } from './invoice-settings.ts';
import { invoiceOf, withPaid } from './issue-invoice.ts';
import type { Invoice, InvoiceDocument, InvoiceType } from './invoice.ts';

export type IssueFailure = Failure<'INVOICE_EXISTS' | 'INVOICE_NOT_ALLOWED'>;

/** The delay before the invoicing job retries an order whose compensation is pending, in milliseconds. */
export const RETRY_MS = 5000;

/** Issues the missing invoice and credit note of an order. Idempotent: a second call issues nothing. */
export async function invoiceOrder(tx: OrdersTransaction, orderId: string, now: Date): Promise<void> {
  const order = await lockBillableOrder(tx, orderId);
  const settings = await findInvoiceSettings(tx);
  if (order && settings) {
    // A failure is ignored here. The next change of the order makes it due again.
    if (settings.isAutomatic && order.isPaid) await issueInvoice(tx, order, settings, now);
    if (!(await issueCreditNote(tx, order, settings, now)))
      return postponeInvoice(tx, orderId, new Date(now.getTime() + RETRY_MS));
  }
  await endInvoiceRequest(tx, orderId);
}

/** Issues the invoice of an order. Fails when the order has an invoice, is canceled or has no units. The order must be locked. */
export async function issueInvoice(
  tx: OrdersTransaction,
  order: BillableOrder,
  settings: InvoiceSettings,
  now: Date,
): Promise<Result<Invoice, IssueFailure>> {
  const known = (await findInvoicesOfOrders(tx, [order.id])).get(order.id) ?? [];
  if (known.length > 0) return err(refusal('INVOICE_EXISTS', 'The order has an invoice already: see Order.invoices'));
  const document = withPaid(invoiceOf(order, settings.seller), order.payment);
  if (order.isCanceled || document.lines.length === 0)
    return err(refusal('INVOICE_NOT_ALLOWED', 'A canceled order, or an order without units, gets no invoice'));
  return ok(await write(tx, order.id, 'INVOICE', null, settings.invoicePrefix, document, now));
}

/**
 * Issues a credit note if the order needs one. The order must be locked.
 * @returns false when a compensation is pending and the job must retry
 */
async function issueCreditNote(
  tx: OrdersTransaction,
  order: BillableOrder,
  settings: InvoiceSettings,
  now: Date,
): Promise<boolean> {
  const known = (await findInvoicesOfOrders(tx, [order.id])).get(order.id) ?? [];
  const invoice = known.find(({ type }) => type === 'INVOICE');
  if (!invoice) return true;
  if (await isBeingGivenBack(tx, order.id)) return false;
  const lines = nextCredit(
    invoice,
    known.filter(({ type }) => type === 'CREDIT_NOTE'),
    order,
  );
  if (lines.length === 0) return true;
  const document = creditOf(invoice, lines, settings.seller, order);
  await write(tx, order.id, 'CREDIT_NOTE', invoice.id, settings.creditNotePrefix, document, now);
  return true;
}

async function write(
  tx: OrdersTransaction,
  orderId: string,
  type: InvoiceType,
  invoiceId: string | null,
  prefix: string,
  document: InvoiceDocument,
  issuedAt: Date,
): Promise<Invoice> {
  const draft = { id: randomUUID(), type, orderId, invoiceId, issuedAt, document };
  const issued = await insertInvoice(tx, seriesOf(prefix, issuedAt), draft);
  tx.outbox.append([issuedEventOf(issued)]);
  return issued;
}

function refusal<Code extends IssueFailure['code']>(code: Code, message: string): Failure<Code> {
  return failure(code, message, ['orderId']);
}
