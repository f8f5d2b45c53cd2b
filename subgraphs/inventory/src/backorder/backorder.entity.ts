import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** Units of an order that wait for stock. */
export const BackorderEntity = defineEntity({
  name: 'Backorder',
  tableName: 'backorder',
  properties: {
    id: p.uuid().primary(),
    ...tenantColumn,
    position: p.bigint('number'),
    reservationId: p.uuid(),
    orderId: p.uuid(),
    sku: p.text(),
    quantity: p.bigint('number'),
    waiting: p.bigint('number'),
    createdAt: p.datetime(),
  },
});
