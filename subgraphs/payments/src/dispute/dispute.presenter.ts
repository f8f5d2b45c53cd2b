import { presentMoney } from '@souk/kit/graphql';
import type { DisputeRecord } from './dispute.repository.ts';
import type { PaymentDisputeType } from './dispute.types.ts';

export function presentDispute(row: DisputeRecord): PaymentDisputeType {
  const amount = (amountMinor: number) => presentMoney({ amountMinor, currency: row.currency });
  return {
    id: row.id,
    paymentId: row.payment_id,
    provider: row.provider,
    status: row.status,
    amount: amount(row.amount_minor),
    withdrawnAmount: amount(row.withdrawn_minor),
    reason: row.reason,
    dueAt: row.due_at,
    openedAt: row.created_at,
    closedAt: row.closed_at,
  };
}
