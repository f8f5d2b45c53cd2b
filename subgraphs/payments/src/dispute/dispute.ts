import { subtract, zero, type Money } from '@souk/kit/domain';

export const DISPUTE_STATUSES = ['INQUIRY', 'NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST'] as const;
/** INQUIRY: the bank requests information before a dispute. NEEDS_RESPONSE: the shop must respond. UNDER_REVIEW: the bank decides. */
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

/** The current state of a dispute at the provider. */
export interface ReportedDispute {
  readonly reference: string;
  /** The payment's id. Null when the payment was not made through Souk. */
  readonly paymentId: string | null;
  readonly status: DisputeStatus;
  readonly amount: Money;
  /** Whether the provider has withdrawn the amount from the shop and not given it back. */
  readonly withdrawn: boolean;
  /** The buyer's reason in the provider's terms, for instance `fraudulent`. */
  readonly reason: string;
  readonly dueAt: Date | null;
}

/** A dispute as the shop has recorded it. */
export interface Dispute {
  readonly id: string;
  readonly paymentId: string;
  readonly status: DisputeStatus;
  readonly amount: Money;
  /** The amount that the provider has withdrawn from the shop. Zero when the provider has returned the amount. */
  readonly withdrawn: Money;
  readonly reason: string;
  readonly dueAt: Date | null;
  readonly closedAt: Date | null;
}

/** OPENED: the first report of a dispute. WON and LOST: the dispute has ended. */
export type DisputeChange = 'OPENED' | 'UPDATED' | 'WON' | 'LOST';

/** Money that moved between the provider and the shop because of a dispute. */
export interface DisputeMovement {
  readonly kind: 'WITHDRAWAL' | 'REINSTATEMENT';
  readonly amount: Money;
}

/** The result of applying a provider's report to a dispute: the new state of the dispute, the kind of change, and the money that moved. */
export interface FollowedDispute {
  readonly dispute: Dispute;
  readonly change: DisputeChange;
  /** Null when no money moved. */
  readonly movement: DisputeMovement | null;
}

/**
 * Applies a report to a dispute. Null when nothing changed. A report with an open status never overwrites a dispute that is won or lost,
 * because concurrent requests to the provider may be recorded in any order.
 */
export function followDispute(
  known: Dispute | null,
  ids: { readonly id: string; readonly paymentId: string },
  report: ReportedDispute,
  now: Date,
): FollowedDispute | null {
  if (known && isClosed(known.status) && !isClosed(report.status)) return null;
  const { status, amount, reason, dueAt } = report;
  const withdrawn = report.withdrawn ? amount : zero(amount.currency);
  const closedAt = isClosed(status) ? (known?.closedAt ?? now) : null;
  const dispute: Dispute = { ...ids, status, amount, withdrawn, reason, dueAt, closedAt };
  if (known && isSame(known, dispute)) return null;
  return { dispute, change: changeOf(known, status), movement: movementOf(known, withdrawn) };
}

function isClosed(status: DisputeStatus): status is 'WON' | 'LOST' {
  return status === 'WON' || status === 'LOST';
}

function changeOf(known: Dispute | null, status: DisputeStatus): DisputeChange {
  if (isClosed(status) && known?.status !== status) return status;
  return known ? 'UPDATED' : 'OPENED';
}

function movementOf(known: Dispute | null, withdrawn: Money): DisputeMovement | null {
  const { amountMinor, currency } = subtract(withdrawn, known?.withdrawn ?? zero(withdrawn.currency));
  if (amountMinor === 0) return null;
  const amount = { amountMinor: Math.abs(amountMinor), currency };
  return { kind: amountMinor > 0 ? 'WITHDRAWAL' : 'REINSTATEMENT', amount };
}

function isSame(one: Dispute, other: Dispute): boolean {
  return (
    one.status === other.status &&
    one.amount.amountMinor === other.amount.amountMinor &&
    one.withdrawn.amountMinor === other.withdrawn.amountMinor &&
    one.reason === other.reason &&
    one.dueAt?.getTime() === other.dueAt?.getTime()
  );
}
