import { actorId } from '@souk/kit/context';
import { fixedStatement } from '@souk/kit/persistence';
import type { Selectable } from 'kysely';
import type { PaymentsDatabase, PaymentsTransaction } from '../database.ts';
import type { OpenStep, Payment, Transaction } from './payment.ts';

type Rows = { readonly [Table in keyof PaymentsDatabase]: Selectable<PaymentsDatabase[Table]> };
type PaymentRow = Omit<
  Rows['payment'],
  'tenant_id' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by' | 'deleted_at'
>;
type StepRow = Omit<Rows['payment_step'], 'tenant_id' | 'started_at' | 'retry_at' | 'asked_at'>;
type TransactionRow = Omit<Rows['payment_transaction'], 'tenant_id' | 'created_at' | 'created_by'>;

/** A payment that is locked until the transaction ends, with its open steps. */
export interface LockedPayment {
  readonly payment: Payment;
  readonly open: readonly FingerprintedStep[];
}

/** A step with the digest of its request. Another digest for the same id means that the id was reused for another request. */
export interface FingerprintedStep extends OpenStep {
  readonly paymentId: string;
  readonly fingerprint: string;
}

export type FingerprintedTransaction = Transaction & Pick<FingerprintedStep, 'paymentId' | 'fingerprint'>;

/** How long the caller that begins a step may take, in milliseconds. Afterwards the recovery job finishes the step. */
const STEP_LEASE_MS = 60_000;

/**
 * How long a pending authorization may wait for the buyer, in milliseconds. Afterwards the recovery job voids it, unless the caller has
 * done so.
 */
export const WAIT_MS = 15 * 60_000;
const turnTaken = fixedStatement(`select pg_advisory_xact_lock(hashtextextended($1, 0))`);

/** Takes an advisory lock on a payment id until the transaction ends. It works for payments that do not exist yet, unlike a row lock. */
export async function takeTurns({ db, tenantId }: PaymentsTransaction, paymentId: string): Promise<void> {
  await turnTaken(db, `payment ${tenantId} ${paymentId}`);
}

const SELECT_STEP = `
  select id, payment_id, kind, amount_minor, currency, reason, fingerprint from payment_step where tenant_id = $1`;
const paymentForUpdate = fixedStatement<PaymentRow>(`
  select id, order_id, provider, status, currency, amount_minor, authorized_minor, captured_minor, refunded_minor, disputed_minor,
         provider_reference, decline_code, waiting_for, version
    from payment where tenant_id = $1 and id = $2 for update`);
const stepsOfPayment = fixedStatement<StepRow>(`${SELECT_STEP} and payment_id = $2`);
const stepById = fixedStatement<StepRow>(`${SELECT_STEP} and id = $2`);

/** Locks and reads a payment in one round trip. Postgres reads the open steps after the lock is acquired. */
export async function lockPayment({ db, tenantId }: PaymentsTransaction, id: string): Promise<LockedPayment | null> {
  const [{ rows }, open] = await Promise.all([paymentForUpdate(db, tenantId, id), stepsOfPayment(db, tenantId, id)]);
  const [row] = rows;
  return row ? { payment: paymentOf(row), open: open.rows.map(stepOf) } : null;
}

const opened = fixedStatement(`
  with opened as (
    insert into payment (tenant_id, id, order_id, provider, status, currency, amount_minor)
    select $1, $2::uuid, $3, $4, 'PENDING', $5, $6
     where not exists (select from closed_payment closed where closed.tenant_id = $1 and closed.id = $2::uuid)
    on conflict (tenant_id, id) do nothing
    returning id
  )
  insert into payment_step (tenant_id, id, payment_id, kind, amount_minor, currency, fingerprint, started_at, retry_at)
  select $1, id, id, 'AUTHORIZE', $6, $5, $7, $8, $9 from opened`);

/**
 * Inserts a pending payment and its authorization step, in one statement. The caller must hold the lock of `takeTurns`.
 * @returns false, and inserts nothing, when the id is in use or was closed by a void (see `ClosedPaymentEntity`)
 */
export async function addPayment(
  { db, tenantId }: PaymentsTransaction,
  { id, orderId, provider, amount: { currency, amountMinor } }: Payment,
  fingerprint: string,
  now: Date,
): Promise<boolean> {
  const values = [tenantId, id, orderId, provider, currency, amountMinor, fingerprint, now, leaseEnd(now)];
  return (await opened(db, ...values)).numAffectedRows === 1n;
}

const UPDATE_PAYMENT = `
  update payment
     set status = $3, authorized_minor = $4, captured_minor = $5, refunded_minor = $6, provider_reference = $7, decline_code = $8,
         waiting_for = case when $3 = 'PENDING' then waiting_for end
   where tenant_id = $1 and id = $2`;
const updated = fixedStatement<{ version: number }>(`${UPDATE_PAYMENT} returning version`);

/** Writes a changed payment. @returns the payment with its new version */
export async function savePayment({ db, tenantId }: PaymentsTransaction, payment: Payment): Promise<Payment> {
  const [row] = (await updated(db, tenantId, ...changeOf(payment))).rows;
  if (!row) throw new Error(`Payment ${payment.id} is gone`); // payments are never deleted
  return { ...payment, version: row.version };
}

const waitBegun = fixedStatement<{ version: number }>(`
  update payment set provider_reference = $3, waiting_for = $4::jsonb where tenant_id = $1 and id = $2 returning version`);

/** Marks a payment as waiting for the buyer or the provider. @returns the payment with its new version */
export async function saveWait({ db, tenantId }: PaymentsTransaction, payment: Payment): Promise<Payment> {
  const { id, providerReference, waiting } = payment;
  const [row] = (await waitBegun(db, tenantId, id, providerReference, JSON.stringify(waiting))).rows;
  if (!row) throw new Error(`Payment ${id} is gone`); // payments are never deleted
  return { ...payment, version: row.version };
}

export async function findStep({ db, tenantId }: PaymentsTransaction, id: string): Promise<FingerprintedStep | null> {
  const [row] = (await stepById(db, tenantId, id)).rows;
  return row ? stepOf(row) : null;
}

const stepAdded = fixedStatement(`
  insert into payment_step (tenant_id, id, payment_id, kind, amount_minor, currency, reason, fingerprint, started_at, retry_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`);

export function addStep(
  tx: PaymentsTransaction,
  { id, paymentId, kind, amount: { amountMinor, currency }, reason, fingerprint }: FingerprintedStep,
  now: Date,
): void {
  const values = [id, paymentId, kind, amountMinor, currency, reason, fingerprint, now, leaseEnd(now)];
  tx.write(stepAdded(tx.db, tx.tenantId, ...values));
}

/** Renews the lease of a step for the caller that continues it. @param leaseMs @default one minute */
export async function extendStep(
  { db, tenantId }: PaymentsTransaction,
  id: string,
  now: Date,
  leaseMs: number = STEP_LEASE_MS,
): Promise<void> {
  await db
    .updateTable('payment_step')
    .set({ retry_at: leaseEnd(now, leaseMs) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** @param ids at least one step id */
export async function removeSteps({ db, tenantId }: PaymentsTransaction, ids: readonly string[]): Promise<void> {
  await db.deleteFrom('payment_step').where('tenant_id', '=', tenantId).where('id', 'in', ids).execute();
}

const transactionById = fixedStatement<TransactionRow>(`
  select id, payment_id, kind, status, amount_minor, currency, reason, decline_code, provider_reference, fingerprint
    from payment_transaction where tenant_id = $1 and id = $2`);

export async function findTransaction(
  { db, tenantId }: PaymentsTransaction,
  id: string,
): Promise<FingerprintedTransaction | null> {
  const [row] = (await transactionById(db, tenantId, id)).rows;
  return row ? transactionOf(row) : null;
}

const COLUMNS_OF_TRANSACTION = `tenant_id, payment_id, id, kind, status, amount_minor, currency, reason, decline_code, provider_reference,
  fingerprint, created_at, created_by`;
const transactionAdded = fixedStatement(`
  insert into payment_transaction (${COLUMNS_OF_TRANSACTION}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`);

export async function addTransaction(
  { db, ctx, tenantId }: PaymentsTransaction,
  transaction: FingerprintedTransaction,
  now: Date,
): Promise<void> {
  await transactionAdded(db, tenantId, transaction.paymentId, ...entryOf(transaction), now, actorId(ctx));
}

const settled = fixedStatement<{ version: number }>(`
  with step as (
    delete from payment_step where tenant_id = $1 and id = $9 returning id
  ), changed as (
    ${UPDATE_PAYMENT} and version = $18 and exists (select from step) returning id, version
  ), recorded as (
    insert into payment_transaction (${COLUMNS_OF_TRANSACTION})
    select $1, changed.id, $9, $10, $11, $12, $13, $14, $15, $16, $17, $19, $20 from changed
  )
  select version from changed`);

/**
 * Records the outcome of a step in one statement: updates the payment, adds the transaction and deletes the step.
 * @returns the payment with its new version. Null when the version of the payment has changed or the step was deleted. The caller must then
 * roll back.
 */
export async function settlePayment(
  { db, ctx, tenantId }: PaymentsTransaction,
  payment: Payment,
  transaction: FingerprintedTransaction,
  now: Date,
): Promise<Payment | null> {
  const values = [...changeOf(payment), ...entryOf(transaction), payment.version, now, actorId(ctx)];
  const [row] = (await settled(db, tenantId, ...values)).rows;
  return row ? { ...payment, version: row.version } : null;
}

/** Closes an unknown payment id. A later authorization with this id fails. */
export async function closeUnknown({ db }: PaymentsTransaction, id: string, orderId: string): Promise<void> {
  await db
    .insertInto('closed_payment')
    .values({ id, order_id: orderId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function leaseEnd(now: Date, leaseMs: number = STEP_LEASE_MS): Date {
  return new Date(now.getTime() + leaseMs);
}

/** The parameters of the statement `UPDATE_PAYMENT` that follow the tenant's id. */
function changeOf({ id, status, authorized, captured, refunded, providerReference, declineCode }: Payment) {
  const amounts = [authorized, captured, refunded].map(({ amountMinor }) => amountMinor);
  return [id, status, ...amounts, providerReference, declineCode];
}

/** The values of a transaction's columns from `id` to `fingerprint`, in that order. */
function entryOf({ id, kind, status, amount, reason, declineCode, ...entry }: FingerprintedTransaction) {
  const outcome = [declineCode, entry.providerReference];
  return [id, kind, status, amount.amountMinor, amount.currency, reason, ...outcome, entry.fingerprint];
}

function paymentOf(row: PaymentRow): Payment {
  const inCurrency = (amountMinor: number) => ({ amountMinor, currency: row.currency });
  return {
    id: row.id,
    orderId: row.order_id,
    provider: row.provider,
    status: row.status,
    amount: inCurrency(row.amount_minor),
    authorized: inCurrency(row.authorized_minor),
    captured: inCurrency(row.captured_minor),
    refunded: inCurrency(row.refunded_minor),
    disputed: inCurrency(row.disputed_minor),
    providerReference: row.provider_reference,
    declineCode: row.decline_code,
    waiting: row.waiting_for,
    version: row.version,
  };
}

function stepOf(row: StepRow): FingerprintedStep {
  const { id, payment_id: paymentId, kind, reason, fingerprint } = row;
  return {
    id,
    paymentId,
    kind,
    amount: { amountMinor: row.amount_minor, currency: row.currency },
    reason,
    fingerprint,
  };
}

function transactionOf(row: TransactionRow): FingerprintedTransaction {
  return {
    id: row.id,
    paymentId: row.payment_id,
    kind: row.kind,
    status: row.status,
    fingerprint: row.fingerprint,
    amount: { amountMinor: row.amount_minor, currency: row.currency },
    reason: row.reason,
    declineCode: row.decline_code,
    providerReference: row.provider_reference,
  };
}
