import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';
import type { ReturnedUnits } from './given-back.ts';

/** The stock and the money to return for a canceled order. See `migrations/0002_orders.sql`. */
export const OrderCompensationEntity = defineEntity({
  name: 'OrderCompensation',
  tableName: 'order_compensation',
  properties: {
    id: p.uuid().primary(),
    ...tenantColumn,
    orderId: p.uuid(),
    restock: p.json<readonly ReturnedUnits[]>(),
    money: p.text().$type<'VOID' | 'REFUND'>().nullable(),
    paymentId: p.uuid().nullable(),
    reason: p.text(),
    doneAt: p.datetime().nullable(),
    retryAt: p.datetime().defaultRaw('now()'),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

/** The stock and the money to return for canceled units. See `migrations/0003_after_the_order.sql`. */
export const OrderLineCancellationEntity = defineEntity({
  name: 'OrderLineCancellation',
  tableName: 'order_line_cancellation',
  properties: {
    id: p.uuid().primary(),
    ...tenantColumn,
    orderId: p.uuid(),
    restock: p.json<readonly ReturnedUnits[]>(),
    refundMinor: p.bigint('number'),
    currency: p.text(),
    paymentId: p.uuid().nullable(),
    reason: p.text(),
    doneAt: p.datetime().nullable(),
    retryAt: p.datetime().defaultRaw('now()'),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
