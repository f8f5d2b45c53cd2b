import type { Money } from '@souk/kit/domain';
import { leftOf, type OpenStep, type Payment, type Transaction } from '../payment/payment.ts';
import type { ReportedCharge, ReportedRefund } from './transaction-source.ts';

export const DIFFERENCE_KINDS = [
  'CHARGE_MISSING_IN_LEDGER',
  'CHARGE_MISSING_AT_PROVIDER',
  'AMOUNT_DIFFERS',
  'REFUND_MISSING_IN_LEDGER',
  'REFUND_MISSING_AT_PROVIDER',
  'REFUND_FAILED',
  'DISPUTE_MISSING_IN_LEDGER',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** A difference between the provider and the ledger. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly paymentId: string | null;
  /** The provider's reference, or the reference in the ledger. */
  readonly reference: string;
  /** The amount in the ledger. Null when the ledger has no such entry. */
  readonly ledger: Money | null;
  /** The amount at the provider. Null when the provider has no such entry. */
  readonly provider: Money | null;
}

/**
 * The repair of a difference whose cause is certain. RECORD_CAPTURE and RECORD_REFUND add the provider's capture or
 * refund to the ledger. ASK queries the provider for the outcome of a waiting payment. CHECK_VOID checks whether the
 * buyer paid after the void. If the buyer did not pay, the void has returned the money, and there is no difference.
 */
export type Repair = 'RECORD_CAPTURE' | 'RECORD_REFUND' | 'ASK' | 'CHECK_VOID';

export interface Finding {
  readonly difference: Difference;
  /** Null when staff must decide. */
  readonly repair: Repair | null;
}

/** A payment in the ledger, with its running steps and its entries. */
export interface LedgerPayment {
  readonly payment: Payment;
  readonly open: readonly OpenStep[];
  readonly transactions: readonly Pick<Transaction, 'id' | 'kind' | 'status' | 'amount' | 'providerReference'>[];
}

/**
 * Compares a charge of the provider with the ledger. Null when they agree, or while a running step may still resolve
 * the difference.
 */
export function compareCharge(charge: ReportedCharge, known: LedgerPayment | null): Finding | null {
  const { taken, reference, paymentId } = charge;
  if (paymentId === null || (!known && taken.amountMinor === 0)) return null;
  const find = (kind: DifferenceKind, repair: Repair | null, ledger: Money | null): Finding => ({
    difference: { kind, paymentId, reference, ledger, provider: taken },
    repair,
  });
  if (!known) return find('CHARGE_MISSING_IN_LEDGER', null, null);
  const { payment, open } = known;
  const { captured, authorized } = payment;
  if (isSame(captured, taken)) return null;
  const waits = payment.status === 'PENDING' && payment.waiting !== null;
  if (open.length > 0 && !waits) return null;
  if (captured.currency !== taken.currency) return find('AMOUNT_DIFFERS', null, captured);
  if (taken.amountMinor === 0) return find('CHARGE_MISSING_AT_PROVIDER', null, captured);
  if (captured.amountMinor > 0) return find('AMOUNT_DIFFERS', null, captured);
  // The buyer paid a wrong amount, and the provider has returned the money.
  if (payment.declineCode === 'amount_mismatch') return null;
  if (waits) return find('CHARGE_MISSING_IN_LEDGER', 'ASK', null);
  if (payment.status === 'VOIDED') return find('CHARGE_MISSING_IN_LEDGER', 'CHECK_VOID', null);
  const isCertain = payment.status === 'AUTHORIZED' && taken.amountMinor <= authorized.amountMinor;
  return find('CHARGE_MISSING_IN_LEDGER', isCertain ? 'RECORD_CAPTURE' : null, null);
}

/**
 * Compares a refund of the provider with the ledger. Null when they agree, or while a running step may still resolve
 * the difference.
 */
export function compareRefund(refund: ReportedRefund, known: LedgerPayment | null): Finding | null {
  const { reference, paymentId, stepId, amount, failed } = refund;
  if (!known) return null; // the charge is reported
  const { payment, open, transactions } = known;
  const find = (kind: DifferenceKind, repair: Repair | null, ledger: Money | null): Finding => ({
    difference: { kind, paymentId, reference, ledger, provider: failed ? null : amount },
    repair,
  });
  const entry = transactions.find(
    ({ id, kind, status, providerReference }) =>
      (kind === 'REFUND' || kind === 'VOID') &&
      status === 'SUCCEEDED' &&
      (providerReference === reference || id === stepId),
  );
  if (failed) return entry ? find('REFUND_FAILED', null, entry.amount) : null;
  if (entry) return isSame(entry.amount, amount) ? null : find('AMOUNT_DIFFERS', null, entry.amount);
  // The ledger has no captured money, so the provider returned money that was never in the ledger.
  if (open.length > 0 || payment.captured.amountMinor === 0) return null;
  const left = leftOf(payment);
  const isCertain = left.currency === amount.currency && amount.amountMinor <= left.amountMinor;
  return find('REFUND_MISSING_IN_LEDGER', isCertain ? 'RECORD_REFUND' : null, null);
}

/** The difference to report when the ledger has an entry that the provider does not list. */
export function missingAtProvider(entry: {
  readonly kind: 'CAPTURE' | 'REFUND';
  readonly paymentId: string;
  readonly reference: string;
  readonly amount: Money;
}): Difference {
  const kind = entry.kind === 'CAPTURE' ? 'CHARGE_MISSING_AT_PROVIDER' : 'REFUND_MISSING_AT_PROVIDER';
  return { kind, paymentId: entry.paymentId, reference: entry.reference, ledger: entry.amount, provider: null };
}

function isSame(one: Money, other: Money): boolean {
  return one.currency === other.currency && one.amountMinor === other.amountMinor;
}
