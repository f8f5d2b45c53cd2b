import type { StockAllocation } from '../contract.ts';
import type { ReservationStatus } from './reservation.machine.ts';

/** Stock that is promised to an order, for a while. */
export interface Reservation {
  readonly id: string;
  /** Null: it was released before it was made, and its id is closed. */
  readonly orderId: string | null;
  readonly status: ReservationStatus;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  /** From which warehouses the units come. */
  readonly lines: readonly StockAllocation[];
}
