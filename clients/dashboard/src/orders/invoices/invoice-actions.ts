import { InvoiceCreateDocument, InvoicePdfDocument, OrderInvoicesDocument, type OrderInvoicesQuery } from '@souk/sdk';
import { souk } from '../../api/client.ts';
import { newIdempotencyKey } from '../../api/idempotency-key.ts';
import { accepted } from '../../api/refusal.ts';
import { orderKey } from '../use-order.ts';

/** An invoice or a credit note of an order. */
export type ListedInvoice = NonNullable<OrderInvoicesQuery['order']>['invoices'][number];

/** Below the key of the order, so that a change of the order reads its invoices again. */
export const orderInvoicesKey = (orderId: string) => [...orderKey(orderId), 'invoices'] as const;

/** The invoice of an order and its credit notes, the oldest first. */
export async function readOrderInvoices(orderId: string, signal: AbortSignal): Promise<readonly ListedInvoice[]> {
  const { order } = await souk.run(OrderInvoicesDocument, { orderId }, { signal });
  return order?.invoices ?? [];
}

/** Issues the invoice of an order. @throws RefusedError when the shop refuses it */
export async function issueInvoice(orderId: string): Promise<void> {
  const input = { orderId, idempotencyKey: newIdempotencyKey() };
  const { invoiceCreate } = await souk.run(InvoiceCreateDocument, { input });
  accepted(invoiceCreate);
}

/** Reads the PDF of an invoice with the session, and gives it to the browser to save. */
export async function downloadInvoice(id: string): Promise<void> {
  const { invoicePdf } = await souk.run(InvoicePdfDocument, { id });
  if (!invoicePdf) return;
  const bytes = Uint8Array.from(atob(invoicePdf.content), (char) => char.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: invoicePdf.name });
  link.click();
  URL.revokeObjectURL(url);
}
