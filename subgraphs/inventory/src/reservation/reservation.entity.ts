import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { ReservationStatus } from './reservation.machine.ts';

/** See `migrations/0001_stock.sql`. */
export const ReservationEntity = defineEntity({
  name: 'Reservation',
  tableName: 'reservation',
  properties: {
    ...baseColumns,
    /** Null: closed before it was made. */
    orderId: p.uuid().nullable(),
    status: p.text().$type<ReservationStatus>(),
    expiresAt: p.datetime(),
  },
});

/** How many units of a stock level a reservation took. Never changes. */
export const ReservationLineEntity = defineEntity({
  name: 'ReservationLine',
  tableName: 'reservation_line',
  properties: {
    ...tenantColumn,
    reservationId: p.uuid().primary(),
    stockLevelId: p.uuid().primary(),
    quantity: p.bigint('number'),
  },
});
