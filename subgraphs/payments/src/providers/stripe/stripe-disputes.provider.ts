import { err, ok, type Result } from '@souk/kit/domain';
import type Stripe from 'stripe';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import type { DisputeSource } from '../../dispute/dispute-source.ts';
import type { DisputeStatus, ReportedDispute } from '../../dispute/dispute.ts';
import { minorUnitsOf } from './stripe-amount.ts';
import { stripeClient } from './stripe-client.provider.ts';
import { isStripeFailure } from './stripe-error.ts';

/**
 * Stripe withdraws the amount when the dispute opens, and gives it back when the shop wins (docs.stripe.com/disputes/how-disputes-work).
 */
const STATUSES: Readonly<Record<string, { readonly status: DisputeStatus; readonly withdrawn: boolean }>> = {
  warning_needs_response: { status: 'INQUIRY', withdrawn: false },
  warning_under_review: { status: 'INQUIRY', withdrawn: false },
  warning_closed: { status: 'WON', withdrawn: false },
  prevented: { status: 'WON', withdrawn: false },
  needs_response: { status: 'NEEDS_RESPONSE', withdrawn: true },
  under_review: { status: 'UNDER_REVIEW', withdrawn: true },
  won: { status: 'WON', withdrawn: false },
  lost: { status: 'LOST', withdrawn: true },
};

/** Reads disputes from Stripe (docs.stripe.com/api/disputes/object). */
export class StripeDisputes implements DisputeSource {
  async find(secret: ProviderSecret, reference: string): Promise<Result<ReportedDispute | null, string>> {
    try {
      const dispute = await stripeClient(secret).disputes.retrieve(reference, { expand: ['payment_intent'] });
      return reportOf(dispute);
    } catch (error) {
      if (!isStripeFailure(error)) throw error;
      return error.code === 'resource_missing' ? ok(null) : err(error.message);
    }
  }
}

function reportOf(dispute: Stripe.Dispute): Result<ReportedDispute, string> {
  const known = STATUSES[dispute.status];
  if (!known) return err(`Stripe reports the unknown status ${dispute.status}`);
  const currency = dispute.currency.toUpperCase();
  const { payment_intent: intent, evidence_details: evidence } = dispute;
  return ok({
    reference: dispute.id,
    paymentId: typeof intent === 'object' ? (intent?.metadata['souk_payment'] ?? null) : null,
    ...known,
    amount: { amountMinor: minorUnitsOf(dispute.amount, currency), currency },
    reason: dispute.reason,
    dueAt: evidence.due_by === null ? null : new Date(evidence.due_by * 1000),
  });
}
