import { randomUUID } from 'node:crypto';
import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns } from '@souk/kit/persistence';
import { PAYMENT_PROVIDERS } from '../contract.ts';
import { STEP_KINDS } from './payment.ts';
import { PAYMENT_STATUSES } from './payment.machine.ts';

/** A payment as it is stored. Amounts are minor units of `currency`. */
export const PaymentEntity = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  properties: {
    ...baseColumns,
    orderId: p.uuid(),
    provider: p.text().$type<(typeof PAYMENT_PROVIDERS)[number]>(),
    status: p.text().$type<(typeof PAYMENT_STATUSES)[number]>(),
    currency: p.text(),
    amountMinor: p.bigint('number'),
    authorizedMinor: p.bigint('number'),
    capturedMinor: p.bigint('number'),
    refundedMinor: p.bigint('number'),
    providerReference: p.text().nullable(),
    declineCode: p.text().nullable(),
  },
});
export type PaymentRow = InferEntity<typeof PaymentEntity>;

/** A step without an answer yet. */
export const PaymentStepEntity = defineEntity({
  name: 'PaymentStep',
  tableName: 'payment_step',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    paymentId: p.uuid(),
    kind: p.text().$type<(typeof STEP_KINDS)[number]>(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    reason: p.text().nullable(),
    fingerprint: p.text(),
    startedAt: p.datetime(),
    retryAt: p.datetime(),
  },
});
export type PaymentStepRow = InferEntity<typeof PaymentStepEntity>;

/** An entry of the ledger; never changed. */
export const PaymentTransactionEntity = defineEntity({
  name: 'PaymentTransaction',
  tableName: 'payment_transaction',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    tenantId: p.uuid(),
    paymentId: p.uuid(),
    kind: p.text().$type<(typeof STEP_KINDS)[number]>(),
    status: p.text().$type<'SUCCEEDED' | 'FAILED'>(),
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
export type PaymentTransactionRow = InferEntity<typeof PaymentTransactionEntity>;
