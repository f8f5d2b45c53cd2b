import { LockMode } from '@mikro-orm/postgresql';
import { actorId } from '@souk/kit/context';
import { sql } from 'kysely';
import type { PaymentsTransaction } from '../database.ts';
import { PaymentEntity, PaymentStepEntity, PaymentTransactionEntity } from './payment.entity.ts';
import type { OpenStep, Payment, Transaction } from './payment.ts';

/** A payment that is locked until the end of the transaction, with its steps under way. */
export interface LockedPayment {
  readonly payment: Payment;
  readonly open: readonly FingerprintedStep[];
}

/** A step with the digest of what it was asked with: the same id must not mean two things. */
export interface FingerprintedStep extends OpenStep {
  readonly paymentId: string;
  readonly fingerprint: string;
}

export type FingerprintedTransaction = Transaction & Pick<FingerprintedStep, 'paymentId' | 'fingerprint'>;

/** How long the one who begins a step has for it before recovery takes over. */
const STEP_LEASE_MS = 60_000;

/** Makes whoever wants to begin with a payment id take turns, whether there is a payment or not. */
export async function takeTurns({ db, tenantId }: PaymentsTransaction, paymentId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`payment ${tenantId} ${paymentId}`}, 0))`.execute(db);
}

export async function lockPayment({ em, tenantId }: PaymentsTransaction, id: string): Promise<LockedPayment | null> {
  const row = await em.findOne(PaymentEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!row) return null;
  const open = await em.find(PaymentStepEntity, { tenantId, paymentId: id });
  return { payment: paymentOf(row), open: open.map(stepOf) };
}

export async function addPayment({ em, tenantId }: PaymentsTransaction, payment: Payment): Promise<void> {
  const { version: _set, ...columns } = columnsOf(payment);
  em.create(PaymentEntity, { ...columns, id: payment.id, tenantId });
  await em.flush(); // the step refers to it
}

/** Saves what a step changed. @returns the payment with its new version. */
export async function savePayment({ em, tenantId }: PaymentsTransaction, payment: Payment): Promise<Payment> {
  const row = await em.findOneOrFail(PaymentEntity, { tenantId, id: payment.id });
  const { version: _grows, ...columns } = columnsOf(payment);
  em.assign(row, columns);
  await em.flush();
  return paymentOf(row);
}

export async function findStep({ em, tenantId }: PaymentsTransaction, id: string): Promise<FingerprintedStep | null> {
  const row = await em.findOne(PaymentStepEntity, { tenantId, id });
  return row && stepOf(row);
}

export function addStep({ em, tenantId }: PaymentsTransaction, step: FingerprintedStep, now: Date): void {
  const { id, paymentId, kind, amount, reason, fingerprint } = step;
  em.create(PaymentStepEntity, {
    id,
    tenantId,
    paymentId,
    kind,
    amountMinor: amount.amountMinor,
    currency: amount.currency,
    reason,
    fingerprint,
    startedAt: now,
    retryAt: new Date(now.getTime() + STEP_LEASE_MS),
  });
}

/** Gives whoever finishes the step again time for it. */
export async function extendStep({ em, tenantId }: PaymentsTransaction, id: string, now: Date): Promise<void> {
  await em.nativeUpdate(PaymentStepEntity, { tenantId, id }, { retryAt: new Date(now.getTime() + STEP_LEASE_MS) });
}

export async function removeSteps({ em, tenantId }: PaymentsTransaction, ids: readonly string[]): Promise<void> {
  await em.nativeDelete(PaymentStepEntity, { tenantId, id: { $in: [...ids] } });
}

export async function findTransaction(
  { em, tenantId }: PaymentsTransaction,
  id: string,
): Promise<FingerprintedTransaction | null> {
  const row = await em.findOne(PaymentTransactionEntity, { tenantId, id });
  return row && transactionOf(row);
}

export function addTransaction(
  { em, ctx, tenantId }: PaymentsTransaction,
  { amount, ...transaction }: FingerprintedTransaction,
  now: Date,
): void {
  em.create(PaymentTransactionEntity, {
    ...transaction,
    tenantId,
    amountMinor: amount.amountMinor,
    currency: amount.currency,
    createdAt: now,
    createdBy: actorId(ctx),
  });
}

/** Closes an id that is unknown: no authorization can use it any more. */
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

function paymentOf(row: PaymentEntity): Payment {
  const inCurrency = (amountMinor: number) => ({ amountMinor, currency: row.currency });
  return {
    id: row.id,
    orderId: row.orderId,
    provider: row.provider,
    status: row.status,
    amount: inCurrency(row.amountMinor),
    authorized: inCurrency(row.authorizedMinor),
    captured: inCurrency(row.capturedMinor),
    refunded: inCurrency(row.refundedMinor),
    providerReference: row.providerReference ?? null,
    declineCode: row.declineCode ?? null,
    version: row.version,
  };
}

function columnsOf({ id: _key, amount, authorized, captured, refunded, ...payment }: Payment) {
  return {
    ...payment,
    currency: amount.currency,
    amountMinor: amount.amountMinor,
    authorizedMinor: authorized.amountMinor,
    capturedMinor: captured.amountMinor,
    refundedMinor: refunded.amountMinor,
  };
}

function stepOf({
  id,
  paymentId,
  kind,
  amountMinor,
  currency,
  reason,
  fingerprint,
}: PaymentStepEntity): FingerprintedStep {
  return { id, paymentId, kind, amount: { amountMinor, currency }, reason: reason ?? null, fingerprint };
}

function transactionOf({ amountMinor, currency, ...row }: PaymentTransactionEntity): FingerprintedTransaction {
  const { id, paymentId, kind, status, fingerprint } = row;
  return {
    id,
    paymentId,
    kind,
    status,
    fingerprint,
    amount: { amountMinor, currency },
    reason: row.reason ?? null,
    declineCode: row.declineCode ?? null,
    providerReference: row.providerReference ?? null,
  };
}
