import type { InvoiceSeller } from './invoice.ts';

/** The invoice settings that staff of a tenant enter. */
export interface InvoiceSettings {
  readonly seller: InvoiceSeller;
  /** The prefix of invoice numbers. See `seriesOf`. */
  readonly invoicePrefix: string;
  readonly creditNotePrefix: string;
  /** Whether the invoicing job issues the invoice of a paid order. If false, staff issue invoices. */
  readonly isAutomatic: boolean;
}
