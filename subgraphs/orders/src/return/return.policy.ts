/** The shipment of the units that a buyer wants to return. */
export interface ShipmentFacts {
  /** The delivery of the last of these units. Null while a parcel is on its way. */
  readonly deliveredAt: Date | null;
}

/** Decides which returns buyers may request. Staff may record any return of sent units. */
export interface ReturnPolicy {
  /** @returns the reason for the buyer, null when the return is allowed */
  refusalOf(facts: ShipmentFacts, now: Date): string | null;
}

/** The days after delivery in which the buyers of a shop without a setting may return units. */
export const DEFAULT_RETURN_WINDOW_DAYS = 30;

const MS_PER_DAY = 86_400_000;

/** The default policy: a number of days after delivery. The window opens with the delivery, so a parcel on its way can be returned. */
export function returnWindow(days: number): ReturnPolicy {
  return {
    refusalOf({ deliveredAt }, now) {
      if (deliveredAt === null || now.getTime() - deliveredAt.getTime() <= days * MS_PER_DAY) return null;
      return `Units can be returned within ${days} days after delivery, and these were delivered on ${deliveredAt.toISOString().slice(0, 10)}: ask the shop`;
    },
  };
}
