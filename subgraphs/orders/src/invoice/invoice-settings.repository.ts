import type { OrdersRead, OrdersTransaction } from '../database.ts';
import { jsonb } from '../jsonb.repository.ts';
import type { InvoiceSettings } from './invoice-settings.ts';

export interface StoredInvoiceSettings extends InvoiceSettings {
  readonly version: number;
}

/** The invoice settings of the tenant. Null when the tenant has none. */
export async function findInvoiceSettings({ db, tenantId }: OrdersRead): Promise<StoredInvoiceSettings | null> {
  const row = await db
    .selectFrom('invoice_settings')
    .where('tenant_id', '=', tenantId)
    .select(['seller', 'invoice_prefix', 'credit_note_prefix', 'is_automatic', 'version'])
    .executeTakeFirst();
  if (!row) return null;
  return {
    seller: row.seller,
    invoicePrefix: row.invoice_prefix,
    creditNotePrefix: row.credit_note_prefix,
    isAutomatic: row.is_automatic,
    version: row.version,
  };
}

/**
 * Writes the settings. It bypasses the ORM: Postgres reorders the keys of JSON values, so the ORM would see a difference and write twice.
 */
export async function saveInvoiceSettings(
  { db, tenantId }: OrdersTransaction,
  { seller, invoicePrefix, creditNotePrefix, isAutomatic }: InvoiceSettings,
): Promise<void> {
  const values = {
    seller: jsonb(seller),
    invoice_prefix: invoicePrefix,
    credit_note_prefix: creditNotePrefix,
    is_automatic: isAutomatic,
  };
  await db
    .insertInto('invoice_settings')
    .values({ tenant_id: tenantId, ...values, version: 1 })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(values))
    .execute();
}
