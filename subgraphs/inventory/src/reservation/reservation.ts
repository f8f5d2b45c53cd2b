import type { StockAllocation } from '../contract.ts';
import type { ReservationStatus } from './reservation.machine.ts';

/** Stock that is held for an order until a point in time. */
export interface Reservation {
  readonly id: string;
  /** Null when the id was released before a reservation was made. Such an id is closed: it can never hold stock. */
  readonly orderId: string | null;
  readonly status: ReservationStatus;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  /** The reserved units by warehouse. */
  readonly lines: readonly StockAllocation[];
}
