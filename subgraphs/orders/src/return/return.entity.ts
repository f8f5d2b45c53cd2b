import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { TaxedAmount } from '../tax/tax.ts';
import type { ReturnStatus } from './return.machine.ts';
import type { ReturnReason } from './return.ts';

/** A return. See `migrations/0009_returns.sql`. */
export const ReturnEntity = defineEntity({
  name: 'OrderReturn',
  tableName: 'order_return',
  properties: {
    ...baseColumns,
    orderId: p.uuid(),
    number: p.text(),
    status: p.text().$type<ReturnStatus>(),
    note: p.text().nullable(),
    rejectionReason: p.text().nullable(),
    requestedAt: p.datetime(),
    receivedAt: p.datetime().nullable(),
    refundMinor: p.bigint('number').nullable(),
    refundParts: p.json<readonly TaxedAmount[]>().nullable(),
  },
});

/** The units of an order line in a return. */
export const ReturnLineEntity = defineEntity({
  name: 'OrderReturnLine',
  tableName: 'order_return_line',
  properties: {
    id: p.uuid().primary(),
    ...tenantColumn,
    returnId: p.uuid(),
    orderLineId: p.uuid(),
    position: p.integer(),
    quantity: p.bigint('number'),
    reason: p.text().$type<ReturnReason>(),
    note: p.text().nullable(),
    receivedQuantity: p.bigint('number').default(0),
    restockedQuantity: p.bigint('number').default(0),
  },
});

/** The return policy of a tenant. */
export const ReturnPolicyEntity = defineEntity({
  name: 'ReturnPolicy',
  tableName: 'return_policy',
  properties: { ...baseColumns, windowDays: p.integer() },
});
export type ReturnPolicyEntity = InferEntity<typeof ReturnPolicyEntity>;
