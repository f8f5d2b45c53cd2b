import { actorId } from '@souk/kit/context';
import { sql, type Selectable } from 'kysely';
import type { PaymentsDatabase, PaymentsTransaction } from '../database.ts';
import type { OpenStep, Payment, Transaction } from './payment.ts';

/** A payment that is locked until the transaction ends, with its running steps. */
export interface LockedPayment {
  readonly payment: Payment;
  readonly open: readonly FingerprintedStep[];
}

/** A step with the digest of its request. The digest shows whether an id is used for two different requests. */
export interface FingerprintedStep extends OpenStep {
  readonly paymentId: string;
  readonly fingerprint: string;
}

export type FingerprintedTransaction = Transaction & Pick<FingerprintedStep, 'paymentId' | 'fingerprint'>;

/** How long the caller that begins a step may take, in milliseconds. Afterwards the recovery job takes over. */
const STEP_LEASE_MS = 60_000;

/**
 * Lets one transaction at a time work on a payment id. Other transactions wait here until this transaction ends, whether the payment exists
 * or not.
 */
export async function takeTurns({ db, tenantId }: PaymentsTransaction, paymentId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`payment ${tenantId} ${paymentId}`}, 0))`.execute(db);
}

export async function lockPayment({ db, tenantId }: PaymentsTransaction, id: string): Promise<LockedPayment | null> {
  const row = await db
    .selectFrom('payment')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const open = await db
    .selectFrom('payment_step')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', id)
    .execute();
  return { payment: paymentOf(row), open: open.map(stepOf) };
}

export async function addPayment({ db, tenantId }: PaymentsTransaction, payment: Payment): Promise<void> {
  await db
    .insertInto('payment')
    .values({ tenant_id: tenantId, id: payment.id, ...columnsOf(payment) })
    .execute();
}

/** Saves the changes of a step. @returns the payment with its new version */
export async function savePayment({ db, tenantId }: PaymentsTransaction, payment: Payment): Promise<Payment> {
  const { version } = await db
    .updateTable('payment')
    .set(columnsOf(payment))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', payment.id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return { ...payment, version };
}

export async function findStep({ db, tenantId }: PaymentsTransaction, id: string): Promise<FingerprintedStep | null> {
  const row = await db
    .selectFrom('payment_step')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? stepOf(row) : null;
}

export async function addStep(
  { db, tenantId }: PaymentsTransaction,
  { id, paymentId, kind, amount, reason, fingerprint }: FingerprintedStep,
  now: Date,
): Promise<void> {
  await db
    .insertInto('payment_step')
    .values({
      tenant_id: tenantId,
      id,
      payment_id: paymentId,
      kind,
      amount_minor: amount.amountMinor,
      currency: amount.currency,
      reason,
      fingerprint,
      started_at: now,
      retry_at: leaseEnd(now),
    })
    .execute();
}

/** Renews the lease of a step for the caller that continues it. */
export async function extendStep({ db, tenantId }: PaymentsTransaction, id: string, now: Date): Promise<void> {
  await db
    .updateTable('payment_step')
    .set({ retry_at: leaseEnd(now) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** @param ids the ids of the steps, at least one */
export async function removeSteps({ db, tenantId }: PaymentsTransaction, ids: readonly string[]): Promise<void> {
  await db.deleteFrom('payment_step').where('tenant_id', '=', tenantId).where('id', 'in', ids).execute();
}

export async function findTransaction(
  { db, tenantId }: PaymentsTransaction,
  id: string,
): Promise<FingerprintedTransaction | null> {
  const row = await db
    .selectFrom('payment_transaction')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? transactionOf(row) : null;
}

export async function addTransaction(
  { db, ctx, tenantId }: PaymentsTransaction,
  { amount, ...transaction }: FingerprintedTransaction,
  now: Date,
): Promise<void> {
  await db
    .insertInto('payment_transaction')
    .values({
      tenant_id: tenantId,
      id: transaction.id,
      payment_id: transaction.paymentId,
      kind: transaction.kind,
      status: transaction.status,
      amount_minor: amount.amountMinor,
      currency: amount.currency,
      reason: transaction.reason,
      decline_code: transaction.declineCode,
      provider_reference: transaction.providerReference,
      fingerprint: transaction.fingerprint,
      created_at: now,
      created_by: actorId(ctx),
    })
    .execute();
}

/** Closes an unknown id, so that no authorization can use the id any more. */
export async function closeUnknown({ db }: PaymentsTransaction, id: string, orderId: string): Promise<void> {
  await db
    .insertInto('closed_payment')
    .values({ id, order_id: orderId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function isClosed({ db, tenantId }: PaymentsTransaction, id: string): Promise<boolean> {
  const closed = await db
    .selectFrom('closed_payment')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return closed !== undefined;
}

function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + STEP_LEASE_MS);
}

function columnsOf({ amount, authorized, captured, refunded, ...payment }: Payment) {
  return {
    order_id: payment.orderId,
    provider: payment.provider,
    status: payment.status,
    currency: amount.currency,
    amount_minor: amount.amountMinor,
    authorized_minor: authorized.amountMinor,
    captured_minor: captured.amountMinor,
    refunded_minor: refunded.amountMinor,
    provider_reference: payment.providerReference,
    decline_code: payment.declineCode,
  };
}

function paymentOf(row: Selectable<PaymentsDatabase['payment']>): Payment {
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
    providerReference: row.provider_reference,
    declineCode: row.decline_code,
    version: row.version,
  };
}

function stepOf(row: Selectable<PaymentsDatabase['payment_step']>): FingerprintedStep {
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

function transactionOf(row: Selectable<PaymentsDatabase['payment_transaction']>): FingerprintedTransaction {
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
