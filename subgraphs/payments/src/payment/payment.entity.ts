import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { PaymentStatus } from './payment.machine.ts';
import type { Payment, PaymentWait, StepKind, Transaction } from './payment.ts';

/** A payment. Amounts are in minor units of `currency`. */
export const PaymentEntity = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  properties: {
    ...baseColumns,
    orderId: p.uuid(),
    provider: p.text().$type<Payment['provider']>(),
    status: p.text().$type<PaymentStatus>(),
    currency: p.text(),
    amountMinor: p.bigint('number'),
    authorizedMinor: p.bigint('number'),
    capturedMinor: p.bigint('number'),
    refundedMinor: p.bigint('number'),
    disputedMinor: p.bigint('number'),
    providerReference: p.text().nullable(),
    declineCode: p.text().nullable(),
    waitingFor: p.json<PaymentWait>().nullable(),
  },
});

/** A step whose outcome is not known yet. */
export const PaymentStepEntity = defineEntity({
  name: 'PaymentStep',
  tableName: 'payment_step',
  properties: {
    id: p.uuid().primary(),
    ...tenantColumn,
    paymentId: p.uuid(),
    kind: p.text().$type<StepKind>(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    reason: p.text().nullable(),
    fingerprint: p.text(),
    startedAt: p.datetime(),
    retryAt: p.datetime(),
    askedAt: p.datetime().nullable(),
  },
});

/** An entry of the append-only ledger of payment steps. */
export const PaymentTransactionEntity = defineEntity({
  name: 'PaymentTransaction',
  tableName: 'payment_transaction',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    ...tenantColumn,
    paymentId: p.uuid(),
    kind: p.text().$type<StepKind>(),
    status: p.text().$type<Transaction['status']>(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    reason: p.text().nullable(),
    declineCode: p.text().nullable(),
    providerReference: p.text().nullable(),
    fingerprint: p.text(),
    createdAt: p.datetime(),
    createdBy: p.uuid().nullable(),
  },
});

/** A payment id that was voided before its authorization arrived. A later authorization with this id fails. */
export const ClosedPaymentEntity = defineEntity({
  name: 'ClosedPayment',
  tableName: 'closed_payment',
  properties: {
    ...tenantColumn,
    id: p.uuid().primary(),
    orderId: p.uuid(),
  },
});
