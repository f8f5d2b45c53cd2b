import { hasScope, type RequestContext } from '@souk/kit/context';
import { presentMoney } from '@souk/kit/graphql';
import { PaymentsRead } from '../contract.ts';
import type { PaymentRecord, TransactionRecord } from './payment-records.repository.ts';
import type { PaymentTransactionType, PaymentType } from './payment.types.ts';

/** The GraphQL object of a payment. Its transactions are loaded by their own resolver. */
export function presentPayment(row: PaymentRecord): PaymentType {
  const amount = (amountMinor: number) => presentMoney({ amountMinor, currency: row.currency });
  return {
    id: row.id,
    orderId: row.order_id,
    provider: row.provider,
    status: row.status,
    amount: amount(row.amount_minor),
    authorizedAmount: amount(row.authorized_minor),
    capturedAmount: amount(row.captured_minor),
    refundedAmount: amount(row.refunded_minor),
    disputedAmount: amount(row.disputed_minor),
    declineCode: row.decline_code,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    version: row.version,
  };
}

/** The GraphQL object of a transaction. The reason of a refund is null for buyers, because it is meant for staff. */
export function presentTransaction(ctx: RequestContext, row: TransactionRecord): PaymentTransactionType {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    amount: presentMoney({ amountMinor: row.amount_minor, currency: row.currency }),
    at: row.created_at,
    declineCode: row.decline_code,
    reason: hasScope(ctx, PaymentsRead) ? row.reason : null,
  };
}
