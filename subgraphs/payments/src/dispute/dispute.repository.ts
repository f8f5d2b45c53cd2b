import { fixedStatement, keysetPage, type KeysetPage } from '@souk/kit/persistence';
import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import type { Selectable } from 'kysely';
import type { PaymentsDatabase, PaymentsTransaction } from '../database.ts';
import type { Payment } from '../payment/payment.ts';
import type { Dispute, DisputeMovement, DisputeStatus } from './dispute.ts';

const COLUMNS = [
  'id',
  'payment_id',
  'provider',
  'status',
  'currency',
  'amount_minor',
  'withdrawn_minor',
  'reason',
  'due_at',
  'closed_at',
  'created_at',
] as const;

/** The columns of a dispute that the API returns. */
export type DisputeRecord = Pick<Selectable<PaymentsDatabase['payment_dispute']>, (typeof COLUMNS)[number]>;

/** The filter of a list of disputes. An absent field does not filter. */
export interface DisputeFilter {
  readonly status?: readonly DisputeStatus[] | null;
}

const found = fixedStatement<DisputeRecord>(`
  select ${COLUMNS.join(', ')} from payment_dispute where tenant_id = $1 and id = $2`);
const saved = fixedStatement(`
  insert into payment_dispute (tenant_id, id, payment_id, provider, provider_reference, status, currency, amount_minor, withdrawn_minor, reason,
                               due_at, closed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (tenant_id, id) do update
     set status = $6, amount_minor = $8, withdrawn_minor = $9, reason = $10, due_at = $11, closed_at = $12`);
const disputed = fixedStatement<{ disputed: number; version: number }>(`
  update payment set disputed_minor = disputed_minor + $3 where tenant_id = $1 and id = $2
  returning disputed_minor as disputed, version`);

/** Null when the dispute is unknown. The caller must hold the lock of its payment. */
export async function findDispute({ db, tenantId }: PaymentsTransaction, id: string): Promise<Dispute | null> {
  const [row] = (await found(db, tenantId, id)).rows;
  return row ? disputeOf(row) : null;
}

export async function saveDispute(
  { db, tenantId }: PaymentsTransaction,
  { id, paymentId, status, amount, withdrawn, reason, dueAt, closedAt }: Dispute,
  { provider, reference }: { readonly provider: Payment['provider']; readonly reference: string },
): Promise<void> {
  const money = [amount.currency, amount.amountMinor, withdrawn.amountMinor];
  await saved(db, tenantId, id, paymentId, provider, reference, status, ...money, reason, dueAt, closedAt);
}

/** Changes the amount that disputes have withdrawn from a payment. @param changeMinor negative when the provider gave money back */
export async function addDisputed(
  { db, tenantId }: PaymentsTransaction,
  payment: Payment,
  changeMinor: number,
): Promise<void> {
  const [row] = (await disputed(db, tenantId, payment.id, changeMinor)).rows;
  if (!row) throw new Error(`Payment ${payment.id} is gone`); // payments are never deleted
}

const moved = fixedStatement(`
  insert into dispute_movement (tenant_id, id, payment_id, dispute_id, kind, amount_minor, currency, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`);

/** Adds an entry to the ledger of dispute movements. */
export async function addMovement(
  { db, tenantId }: PaymentsTransaction,
  { id: disputeId, paymentId }: Dispute,
  { id, kind, amount, at }: DisputeMovement & { readonly id: string; readonly at: Date },
): Promise<void> {
  await moved(db, tenantId, id, paymentId, disputeId, kind, amount.amountMinor, amount.currency, at);
}

/** A page of disputes, the newest first. */
export function disputePage(
  { db, tenantId }: PaymentsTransaction,
  page: PageRequest,
  filter: DisputeFilter,
): Promise<Result<KeysetPage<DisputeRecord>, InvalidPage>> {
  const all = db.selectFrom('payment_dispute').select(COLUMNS).where('tenant_id', '=', tenantId);
  return keysetPage(filter.status ? all.where('status', 'in', [...filter.status]) : all, {
    sort: [{ by: 'payment_dispute.created_at', direction: 'desc' }],
    id: 'payment_dispute.id',
    filter,
    page,
  });
}

/** The disputes of payments, the oldest first. */
export function disputesOfPayments(
  { db, tenantId }: PaymentsTransaction,
  paymentIds: readonly string[],
): Promise<DisputeRecord[]> {
  return db
    .selectFrom('payment_dispute')
    .select(COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('payment_id', 'in', [...paymentIds])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

function disputeOf(row: DisputeRecord): Dispute {
  const inCurrency = (amountMinor: number) => ({ amountMinor, currency: row.currency });
  return {
    id: row.id,
    paymentId: row.payment_id,
    status: row.status,
    amount: inCurrency(row.amount_minor),
    withdrawn: inCurrency(row.withdrawn_minor),
    reason: row.reason,
    dueAt: row.due_at,
    closedAt: row.closed_at,
  };
}
