import type { PageRequest } from '@souk/kit/domain';
import { fixedStatement, keysetPage } from '@souk/kit/persistence';
import type { Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead, OrdersTransaction } from '../database.ts';
import { jsonb } from '../jsonb.repository.ts';
import { numberOf } from './invoice-number.ts';
import { totalsOf, type Invoice, type InvoiceType } from './invoice.ts';

/** An invoice with the columns that the database assigns. */
export interface StoredInvoice extends Invoice {
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
  readonly version: number;
}

/** The filter of a list of invoices. An absent field does not filter. */
export interface InvoiceFilter {
  readonly type?: InvoiceType | null;
  readonly orderId?: string | null;
  readonly number?: string | null;
  /** Invoices that were issued at this time or later. */
  readonly issuedAfter?: Date | null;
  /** Invoices that were issued before this time. */
  readonly issuedBefore?: Date | null;
}

export type InvoiceRow = Selectable<OrdersDatabase['invoice']>;

/** A page of invoices and credit notes, the newest first. */
export function findInvoicePage({ db, tenantId }: OrdersTransaction, filter: InvoiceFilter, page: PageRequest) {
  let query = db.selectFrom('invoice').where('invoice.tenant_id', '=', tenantId).selectAll('invoice');
  const { type, orderId, number, issuedAfter, issuedBefore } = filter;
  if (type) query = query.where('invoice.type', '=', type);
  if (orderId) query = query.where('invoice.order_id', '=', orderId);
  if (number) query = query.where('invoice.number', '=', number);
  if (issuedAfter) query = query.where('invoice.issued_at', '>=', issuedAfter);
  if (issuedBefore) query = query.where('invoice.issued_at', '<', issuedBefore);
  const sort = [{ by: 'invoice.issued_at', direction: 'desc' } as const];
  return keysetPage(query, { sort, id: 'invoice.id', filter, page });
}

export async function findInvoices({ db, tenantId }: OrdersRead, ids: readonly string[]): Promise<StoredInvoice[]> {
  const rows = await db
    .selectFrom('invoice')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .selectAll()
    .execute();
  return rows.map(invoiceOfRow);
}

/** The invoices and credit notes of orders, grouped by order id, the oldest first. */
export async function findInvoicesOfOrders(
  { db, tenantId }: OrdersRead,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredInvoice[]>> {
  const rows = await db
    .selectFrom('invoice')
    .where('tenant_id', '=', tenantId)
    .where('order_id', 'in', orderIds)
    .selectAll()
    .orderBy('issued_at')
    .orderBy('id')
    .execute();
  return Map.groupBy(rows.map(invoiceOfRow), ({ orderId }) => orderId);
}

export function invoiceOfRow(row: InvoiceRow): StoredInvoice {
  return {
    id: row.id,
    type: row.type,
    number: row.number,
    orderId: row.order_id,
    invoiceId: row.invoice_id,
    issuedAt: row.issued_at,
    document: row.document,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    version: row.version,
  };
}

const numbered = fixedStatement<{ last: number }>(`
  insert into invoice_number (tenant_id, series, last) values ($1, $2, 1)
  on conflict (tenant_id, series) do update set last = invoice_number.last + 1 returning last`);

/**
 * Writes an invoice with the next number of its series. The counter's row stays locked until the transaction ends, so call it last. A
 * rollback also rolls back the number, so the series has no gaps.
 */
export async function insertInvoice(
  { db, tenantId }: OrdersTransaction,
  series: string,
  { id, type, orderId, invoiceId, issuedAt, document }: Omit<Invoice, 'number'>,
): Promise<Invoice> {
  const [counted] = (await numbered(db, tenantId, series)).rows;
  if (!counted) throw new Error('The statement that counts invoice numbers returned no row');
  const { net, tax, gross } = totalsOf(document);
  const number = numberOf(series, counted.last);
  await db
    .insertInto('invoice')
    .values({
      tenant_id: tenantId,
      id,
      type,
      series,
      sequence: counted.last,
      number,
      order_id: orderId,
      invoice_id: invoiceId,
      issued_at: issuedAt,
      currency: document.currency,
      net_minor: net.amountMinor,
      tax_minor: tax.amountMinor,
      gross_minor: gross.amountMinor,
      document: jsonb(document),
      version: 1,
    })
    .execute();
  return { id, type, number, orderId, invoiceId, issuedAt, document };
}
