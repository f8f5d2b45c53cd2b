import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns } from '@souk/kit/persistence';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { DisputeStatus } from './dispute.ts';

/** A dispute of a payment. Amounts are minor units of `currency`. */
export const PaymentDisputeEntity = defineEntity({
  name: 'PaymentDispute',
  tableName: 'payment_dispute',
  properties: {
    ...baseColumns,
    paymentId: p.uuid(),
    provider: p.text().$type<PaymentProviderName>(),
    providerReference: p.text(),
    status: p.text().$type<DisputeStatus>(),
    currency: p.text(),
    amountMinor: p.bigint('number'),
    withdrawnMinor: p.bigint('number'),
    reason: p.text(),
    dueAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
  },
});
