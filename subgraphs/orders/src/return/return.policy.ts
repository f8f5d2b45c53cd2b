/** The delivery of the units that a buyer wants to return. */
export interface ShipmentFacts {
  /**
   * The time at which the last of these units was delivered. Null while a parcel with some of these units is on its
   * way.
   */
  readonly deliveredAt: Date | null;
}

/** Decides which returns buyers may request. Staff may record a return of any shipped units. */
export interface ReturnPolicy {
  /** @returns the reason of the refusal, as a message for the buyer. Null when the return is allowed. */
  refusalOf(facts: ShipmentFacts, now: Date): string | null;
}

/** The number of days after delivery in which buyers may return units. Applies to tenants without a setting. */
export const DEFAULT_RETURN_WINDOW_DAYS = 30;

const MS_PER_DAY = 86_400_000;

/** A policy that allows returns for a number of days after delivery. A parcel that is still on its way can be returned too. */
export function returnWindow(days: number): ReturnPolicy {
  return {
    refusalOf({ deliveredAt }, now) {
      if (deliveredAt === null || now.getTime() - deliveredAt.getTime() <= days * MS_PER_DAY) return null;
      return `Units can be returned within ${days} days after delivery, and these were delivered on ${deliveredAt.toISOString().slice(0, 10)}: ask the shop`;
    },
  };
}
