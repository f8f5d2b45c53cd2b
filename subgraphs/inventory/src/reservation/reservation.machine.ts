import { defineTransitions } from '@souk/kit/domain';

export const RESERVATION_STATUSES = ['HELD', 'COMMITTED', 'RELEASED', 'EXPIRED'] as const;
/** Where a reservation stands: it holds stock, its stock is sold, or it was given back by its owner or by time. */
export type ReservationStatus = (typeof RESERVATION_STATUSES)[number];

/** A reservation ends once. What has ended cannot hold stock again. */
export const RESERVATION_TRANSITIONS = defineTransitions<ReservationStatus>('HELD', {
  HELD: ['COMMITTED', 'RELEASED', 'EXPIRED'],
  COMMITTED: [],
  RELEASED: [],
  EXPIRED: [],
});

/** The states in which a reservation ends. */
export type ReservationEnd = Exclude<ReservationStatus, 'HELD'>;

/** What a reserved unit does to its stock level when the reservation ends. */
export interface UnitDeltas {
  readonly onHand: 0 | -1;
  readonly reserved: -1;
}

/** Sold units leave the house; the others only stop being promised. */
export const DELTAS_OF_END: Readonly<Record<ReservationEnd, UnitDeltas>> = {
  COMMITTED: { onHand: -1, reserved: -1 },
  RELEASED: { onHand: 0, reserved: -1 },
  EXPIRED: { onHand: 0, reserved: -1 },
};
