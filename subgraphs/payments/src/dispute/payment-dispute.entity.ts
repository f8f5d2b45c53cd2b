import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { DisputeMovement, DisputeStatus } from './dispute.ts';

/** A dispute of a payment. Amounts are in minor units of `currency`. */
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

/** An entry of the append-only ledger of dispute movements. */
export const DisputeMovementEntity = defineEntity({
  name: 'DisputeMovement',
  tableName: 'dispute_movement',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    ...tenantColumn,
    paymentId: p.uuid(),
    disputeId: p.uuid(),
    kind: p.text().$type<DisputeMovement['kind']>(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    createdAt: p.datetime(),
  },
});
