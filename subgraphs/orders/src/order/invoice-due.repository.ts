import { fixedStatement } from '@souk/kit/persistence';
import type { OrdersTransaction } from '../database.ts';
import type { HistoryEntry, OrderEventType } from './order.ts';

/** The history entries after which an order may need an invoice or a credit note. */
const BILLED: ReadonlySet<OrderEventType> = new Set([
  'PAYMENT_CAPTURED',
  'REFUNDED',
  'LINES_CANCELED',
  'CANCELED',
  'RETURN_RECEIVED',
]);

const due = fixedStatement(`
  insert into invoice_due (tenant_id, order_id) select tenant_id, $2::uuid from invoice_settings where tenant_id = $1
  on conflict (tenant_id, order_id) do update set retry_at = now()`);

/** Makes the order due for the invoicing job. Has no effect when the tenant has no invoice settings. The order must be locked. */
export function requestInvoice(tx: OrdersTransaction, orderId: string, history: readonly HistoryEntry[]): void {
  if (history.some(({ type }) => BILLED.has(type))) tx.write(due(tx.db, tx.tenantId, orderId));
}
