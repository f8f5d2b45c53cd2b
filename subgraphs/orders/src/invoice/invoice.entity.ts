import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, stampColumns, tenantColumn } from '@souk/kit/persistence';
import type { InvoiceDocument, InvoiceSeller, InvoiceType } from './invoice.ts';

/** An invoice or a credit note. See `migrations/0015_invoices.sql`. Amounts are in minor units of `currency`. */
export const InvoiceEntity = defineEntity({
  name: 'Invoice',
  tableName: 'invoice',
  properties: {
    ...baseColumns,
    type: p.text().$type<InvoiceType>(),
    series: p.text(),
    sequence: p.bigint('number'),
    number: p.text(),
    orderId: p.uuid(),
    invoiceId: p.uuid().nullable(),
    issuedAt: p.datetime(),
    currency: p.text(),
    netMinor: p.bigint('number'),
    taxMinor: p.bigint('number'),
    grossMinor: p.bigint('number'),
    document: p.json<InvoiceDocument>(),
  },
});

/** The invoice settings of a tenant. */
export const InvoiceSettingsEntity = defineEntity({
  name: 'InvoiceSettings',
  tableName: 'invoice_settings',
  properties: {
    tenantId: tenantColumn.tenantId.primary(),
    ...stampColumns,
    seller: p.json<InvoiceSeller>(),
    invoicePrefix: p.text(),
    creditNotePrefix: p.text(),
    isAutomatic: p.boolean(),
  },
});

/** The last number that was assigned in a series. */
export const InvoiceNumberEntity = defineEntity({
  name: 'InvoiceNumber',
  tableName: 'invoice_number',
  properties: { tenantId: p.uuid().primary(), series: p.text().primary(), last: p.bigint('number') },
});

/** An order in the queue of the invoicing job. */
export const InvoiceDueEntity = defineEntity({
  name: 'InvoiceDue',
  tableName: 'invoice_due',
  properties: { tenantId: p.uuid().primary(), orderId: p.uuid().primary(), retryAt: p.datetime() },
});
