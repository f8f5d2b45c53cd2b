import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { InvoiceIssued } from '../contract.ts';
import { totalsOf, type Invoice } from './invoice.ts';

export function issuedEventOf({ id, type, number, orderId, invoiceId, document }: Invoice): DomainEvent {
  const { gross: total } = totalsOf(document);
  return eventOf(InvoiceIssued, id, { invoiceId: id, type, number, orderId, creditedInvoiceId: invoiceId, total });
}
