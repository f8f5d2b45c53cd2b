import { subtract, zero, type Money } from '@souk/kit/domain';

export const DISPUTE_STATUSES = ['INQUIRY', 'NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST'] as const;
/** INQUIRY: the bank asks before a dispute. NEEDS_RESPONSE: the shop must answer. UNDER_REVIEW: the bank decides. */
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

/** A dispute as the provider reports it at this moment. */
export interface ReportedDispute {
  readonly reference: string;
  /** The id of the payment in Souk. Null: the payment is not of Souk. */
  readonly paymentId: string | null;
  readonly status: DisputeStatus;
  readonly amount: Money;
  /** Whether the provider has taken the amount from the shop, and not given it back. */
  readonly withdrawn: boolean;
  /** The reason of the buyer in the provider's words, for instance `fraudulent`. */
  readonly reason: string;
  readonly dueAt: Date | null;
}

/** A dispute in the books of the shop. */
export interface Dispute {
  readonly id: string;
  readonly paymentId: string;
  readonly status: DisputeStatus;
  readonly amount: Money;
  /** The part of the amount that the provider has taken from the shop. */
  readonly withdrawn: Money;
  readonly reason: string;
  readonly dueAt: Date | null;
  readonly closedAt: Date | null;
}

/** OPENED: the first report. WON and LOST: the end. */
export type DisputeChange = 'OPENED' | 'UPDATED' | 'WON' | 'LOST';

/** Money that moved between the provider and the shop. */
export interface DisputeMovement {
  readonly kind: 'WITHDRAWAL' | 'REINSTATEMENT';
  readonly amount: Money;
}

/** A dispute after a report. */
export interface FollowedDispute {
  readonly dispute: Dispute;
  readonly change: DisputeChange;
  /** Null: no money moved. */
  readonly movement: DisputeMovement | null;
}

/**
 * Follows a report. Null when the report brings nothing new. An open state never replaces a closed one, because reports that were asked for at the
 * same moment may be recorded in any order.
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
