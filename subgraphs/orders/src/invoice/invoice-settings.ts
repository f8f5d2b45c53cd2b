import type { InvoiceSeller } from './invoice.ts';

/** The decisions of a tenant about invoices. */
export interface InvoiceSettings {
  readonly seller: InvoiceSeller;
  /** The beginning of the numbers of invoices. See `seriesOf`. */
  readonly invoicePrefix: string;
  readonly creditNotePrefix: string;
  /** Whether a paid order gets its invoice without staff. */
  readonly isAutomatic: boolean;
}
