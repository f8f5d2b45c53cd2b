import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { FulfillmentStatus } from './fulfillment.machine.ts';

/** A fulfillment. See `migrations/0002_orders.sql`. */
export const FulfillmentEntity = defineEntity({
  name: 'Fulfillment',
  tableName: 'fulfillment',
  properties: {
    ...baseColumns,
    orderId: p.uuid(),
    warehouseId: p.uuid(),
    status: p.text().$type<FulfillmentStatus>(),
    carrier: p.text().nullable(),
    trackingNumber: p.text().nullable(),
    trackingUrl: p.text().nullable(),
    shippedAt: p.datetime().nullable(),
    deliveredAt: p.datetime().nullable(),
    canceledAt: p.datetime().nullable(),
  },
});

/** The units of one order line in a fulfillment. */
export const FulfillmentLineEntity = defineEntity({
  name: 'FulfillmentLine',
  tableName: 'fulfillment_line',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    ...tenantColumn,
    fulfillmentId: p.uuid(),
    orderLineId: p.uuid(),
    quantity: p.bigint('number'),
  },
});
