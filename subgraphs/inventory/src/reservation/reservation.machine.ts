import { defineTransitions } from '@souk/kit/domain';

export const RESERVATION_STATUSES = ['HELD', 'COMMITTED', 'RELEASED', 'EXPIRED'] as const;
/** The status of a reservation: HELD until a commit, a release or the expiry ends the reservation. */
export type ReservationStatus = (typeof RESERVATION_STATUSES)[number];

/** The lifecycle of a reservation. An ended reservation never holds stock again. */
export const RESERVATION_TRANSITIONS = defineTransitions<ReservationStatus>('HELD', {
  HELD: ['COMMITTED', 'RELEASED', 'EXPIRED'],
  COMMITTED: [],
  RELEASED: [],
  EXPIRED: [],
});

/** The states in which a reservation ends. */
export type ReservationEnd = Exclude<ReservationStatus, 'HELD'>;

/** The change of a stock level for each reserved unit when the reservation ends. */
export interface UnitDeltas {
  readonly onHand: 0 | -1;
  readonly reserved: -1;
}

/**
 * The changes for each end. Committed units leave the warehouse. Released and expired units stay in the warehouse and become available
 * again.
 */
export const DELTAS_OF_END: Readonly<Record<ReservationEnd, UnitDeltas>> = {
  COMMITTED: { onHand: -1, reserved: -1 },
  RELEASED: { onHand: 0, reserved: -1 },
  EXPIRED: { onHand: 0, reserved: -1 },
};
