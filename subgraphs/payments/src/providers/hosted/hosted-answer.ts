import { subtract, sum, type Money } from '@souk/kit/domain';
import type { ProviderAnswer } from '../../provider/payment-provider.ts';
import type { HostedRefund, HostedTransaction, VendorFailure } from './hosted-api.ts';

/**
 * A provider's reply, or RETURN. RETURN means that the buyer paid another amount than requested, so the complete amount must be refunded.
 */
export type HostedReading = ProviderAnswer | { readonly kind: 'RETURN'; readonly transaction: HostedTransaction };

/** The state of an authorization. A failed attempt of the buyer is not a decline, because the page stays open for another attempt. */
export function readTransaction(
  transaction: HostedTransaction | null,
  { reference, amount }: { readonly reference: string; readonly amount: Money },
): HostedReading {
  switch (transaction?.state) {
    case undefined:
    case 'OPEN':
      return { kind: 'WAITING', reference, action: null };
    case 'RETURNED':
      return { kind: 'DECLINED', declineCode: 'payment_returned' };
    case 'PAID':
      return isSame(transaction.amount, amount)
        ? { kind: 'APPROVED', reference, captured: true }
        : { kind: 'RETURN', transaction };
  }
}

/** The refund that this step made in an earlier attempt. Null when there is none. */
export function refundOfStep(refunds: readonly HostedRefund[], stepId: string): HostedRefund | null {
  return refunds.find(({ note }) => note.includes(stepId)) ?? null;
}

/** The amount of a payment that was not refunded. */
export function amountLeft({ amount }: HostedTransaction, refunds: readonly HostedRefund[]): Money {
  const made = refunds.filter(({ failed }) => !failed).map((refund) => refund.amount);
  return subtract(amount, sum(made, amount.currency));
}

export function answerOfRefund({ id, failed }: HostedRefund): ProviderAnswer {
  return failed ? { kind: 'DECLINED', declineCode: 'refund_failed' } : { kind: 'APPROVED', reference: id };
}

export function answerOfFailure(failure: VendorFailure): ProviderAnswer {
  return failure.kind === 'REFUSED' ? { kind: 'DECLINED', declineCode: failure.code } : failure;
}

function isSame(one: Money, other: Money): boolean {
  return one.currency === other.currency && one.amountMinor === other.amountMinor;
}
