import type { FulfillmentStatus } from './fulfillment.machine.ts';

/** A number of units of one order line. */
export interface LineQuantity {
  readonly orderLineId: string;
  readonly quantity: number;
}

/** Units of one order that leave one warehouse together, as one parcel. */
export interface Fulfillment {
  readonly id: string;
  readonly warehouseId: string;
  readonly status: FulfillmentStatus;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** The tracking page that staff entered. When null, `trackingUrlOf` computes the page from carrier and number. */
  readonly trackingUrl: string | null;
  readonly lines: readonly LineQuantity[];
  readonly createdAt: Date;
  readonly shippedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly canceledAt: Date | null;
}

/** The quantities of an order line that limit its fulfillments. */
interface WantedLine {
  readonly id: string;
  readonly quantity: number;
  readonly canceledQuantity: number;
}

/**
 * The number of units that can still be packed: units that are neither canceled nor in a fulfillment. Canceled fulfillments do not count.
 */
export function openQuantityOf(lines: readonly WantedLine[], fulfillments: readonly Fulfillment[]): number {
  const taken = unitsByLine(fulfillments, ['PENDING', 'SHIPPED', 'DELIVERED']);
  return lines.reduce(
    (units, { id, quantity, canceledQuantity }) => units + quantity - canceledQuantity - (taken.get(id) ?? 0),
    0,
  );
}

/** The number of units in fulfillments, by order line. Canceled fulfillments do not count. */
export function unitsByLine(
  fulfillments: readonly Fulfillment[],
  statuses: readonly FulfillmentStatus[],
): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { orderLineId, quantity } of fulfillments
    .filter(({ status }) => statuses.includes(status))
    .flatMap(({ lines }) => lines)) {
    units.set(orderLineId, (units.get(orderLineId) ?? 0) + quantity);
  }
  return units;
}
