import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { ReservationStatus } from './reservation.machine.ts';

/** A reservation. The columns are explained in `migrations/0001_stock.sql`. */
export const ReservationEntity = defineEntity({
  name: 'Reservation',
  tableName: 'reservation',
  properties: {
    ...baseColumns,
    /** Null for the reservation of a cart, and when the id was released before a reservation was made. */
    orderId: p.uuid().nullable(),
    /** A caller who knows the id of a cart may use the cart, so the API never returns this column. */
    cartId: p.uuid().nullable(),
    cartVersion: p.bigint('number').nullable(),
    status: p.text().$type<ReservationStatus>(),
    expiresAt: p.datetime(),
  },
});

/** The units that a reservation took from a stock level. A line never changes. */
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
