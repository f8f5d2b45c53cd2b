import { InvoiceCreateDocument, InvoicePdfDocument, OrderInvoicesDocument, type OrderInvoicesQuery } from '@souk/sdk';
import { souk } from '../../api/client.ts';
import { newIdempotencyKey } from '../../api/idempotency-key.ts';
import { accepted } from '../../api/refusal.ts';
import { orderKey } from '../use-order.ts';

/** An invoice or a credit note of an order. */
export type ListedInvoice = NonNullable<NonNullable<OrderInvoicesQuery['order']>['invoices']>[number];

/**
 * The cache key of an order's invoices. It starts with the order's key, so invalidating the order also refreshes its
 * invoices.
 */
export const orderInvoicesKey = (orderId: string) => [...orderKey(orderId), 'invoices'] as const;

/** Reads the invoice and the credit notes of an order, oldest first. */
export async function readOrderInvoices(orderId: string, signal: AbortSignal): Promise<readonly ListedInvoice[]> {
  const { order } = await souk.run(OrderInvoicesDocument, { orderId }, { signal });
  return order?.invoices ?? [];
}

/** Issues the invoice of an order. @throws RefusalError when the server refuses */
export async function issueInvoice(orderId: string): Promise<void> {
  const input = { orderId, idempotencyKey: newIdempotencyKey() };
  const { invoiceCreate } = await souk.run(InvoiceCreateDocument, { input });
  accepted(invoiceCreate);
}

/** Downloads the PDF of an invoice, and saves it as a file. */
export async function downloadInvoice(id: string): Promise<void> {
  const { invoicePdf } = await souk.run(InvoicePdfDocument, { id });
  if (!invoicePdf) return;
  const bytes = Uint8Array.from(atob(invoicePdf.content), (char) => char.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: invoicePdf.name });
  link.click();
  URL.revokeObjectURL(url);
}
