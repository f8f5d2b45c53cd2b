import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import type { Kysely, Selectable } from 'kysely';
import type { PaymentsDatabase, PaymentsTransaction } from '../database.ts';
import type { PaymentStatus } from './payment.machine.ts';

/** The columns of a payment that the API returns. */
export type PaymentRecord = Pick<Selectable<PaymentsDatabase['payment']>, (typeof PAYMENT_COLUMNS)[number]>;
/** The columns of a ledger entry that the API returns. */
export type TransactionRecord = Pick<
  Selectable<PaymentsDatabase['payment_transaction']>,
  (typeof TRANSACTION_COLUMNS)[number]
>;

/** The filter of a list of payments. An absent field does not filter. */
export interface PaymentFilter {
  readonly status?: readonly PaymentStatus[] | null;
}

const PAYMENT_COLUMNS = [
  'id',
  'order_id',
  'provider',
  'status',
  'currency',
  'amount_minor',
  'authorized_minor',
  'captured_minor',
  'refunded_minor',
  'disputed_minor',
  'decline_code',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'version',
] as const;
const TRANSACTION_COLUMNS = [
  'id',
  'payment_id',
  'kind',
  'status',
  'amount_minor',
  'currency',
  'reason',
  'decline_code',
  'created_at',
] as const;

export function paymentsById({ db, tenantId }: PaymentsTransaction, ids: readonly string[]): Promise<PaymentRecord[]> {
  return paymentsOf(db, tenantId)
    .where('id', 'in', [...ids])
    .execute();
}

/** The payments of orders, the oldest first. */
export function paymentsOfOrders(
  { db, tenantId }: PaymentsTransaction,
  orderIds: readonly string[],
): Promise<PaymentRecord[]> {
  return paymentsOf(db, tenantId)
    .where('order_id', 'in', [...orderIds])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** A page of payments, the newest first. */
export function paymentPage(
  { db, tenantId }: PaymentsTransaction,
  page: PageRequest,
  filter: PaymentFilter,
): Promise<Result<KeysetPage<PaymentRecord>, InvalidPage>> {
  const all = paymentsOf(db, tenantId);
  return keysetPage(filter.status ? all.where('status', 'in', [...filter.status]) : all, {
    sort: [{ by: 'payment.created_at', direction: 'desc' }],
    id: 'payment.id',
    filter,
    page,
  });
}

/** The transactions of payments, the oldest first. */
export function transactionsOfPayments(
  { db, tenantId }: PaymentsTransaction,
  paymentIds: readonly string[],
): Promise<TransactionRecord[]> {
  return db
    .selectFrom('payment_transaction')
    .select(TRANSACTION_COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('payment_id', 'in', [...paymentIds])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

function paymentsOf(db: Kysely<PaymentsDatabase>, tenantId: string) {
  return db.selectFrom('payment').select(PAYMENT_COLUMNS).where('tenant_id', '=', tenantId);
}
