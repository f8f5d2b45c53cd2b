/** The parts of an order that limit a return: its lines, and the units in each parcel. */
export interface ReturnableOrder {
  readonly lines: readonly { readonly id: string; readonly name: string }[];
  readonly fulfillments: readonly {
    readonly status: string;
    readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[];
  }[];
}

interface KnownReturn {
  readonly status: string;
  readonly lines: readonly {
    readonly orderLineId: string;
    readonly quantity: number;
    readonly receivedQuantity: number;
  }[];
}

/** An order line with units that a buyer can return. */
export interface ReturnableLine {
  readonly id: string;
  readonly name: string;
  readonly units: number;
}

/**
 * Returns the lines with shipped units that are not in another return. The result is only for display, because the
 * server checks each return.
 */
export function returnableLines(order: ReturnableOrder, returns: readonly KnownReturn[]): readonly ReturnableLine[] {
  const units = new Map<string, number>();
  const count = (id: string, quantity: number) => units.set(id, (units.get(id) ?? 0) + quantity);
  for (const { status, lines } of order.fulfillments)
    if (status === 'SHIPPED' || status === 'DELIVERED')
      for (const { orderLineId, quantity } of lines) count(orderLineId, quantity);
  for (const { status, lines } of returns)
    for (const { orderLineId, quantity, receivedQuantity } of lines) {
      if (status === 'RECEIVED') count(orderLineId, -receivedQuantity);
      else if (status === 'REQUESTED' || status === 'APPROVED') count(orderLineId, -quantity);
    }
  return order.lines.map(({ id, name }) => ({ id, name, units: units.get(id) ?? 0 })).filter((line) => line.units > 0);
}
