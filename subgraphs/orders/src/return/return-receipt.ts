import type { StockAllocation } from '@souk/inventory/contract';
import { add, err, failure, ok, sum, type Failure, type Money, type Result } from '@souk/kit/domain';
import type { Fulfillment } from '../fulfillment/fulfillment.ts';
import { refundOf, shareOfUnits, type UnitsGivenBack } from '../order/given-back.ts';
import { decide, entry, type Order, type OrderedLine } from '../order/order.ts';
import { refusalOfMove, type Return, type ReturnDecision, type ReturnLine } from './return.ts';

/** The units of an order line that arrived. */
export interface ReceivedUnits {
  readonly orderLineId: string;
  readonly quantity: number;
  /** Whether the units can be sold again. */
  readonly restock: boolean;
}

export interface Receipt {
  /** Null when all units of the return arrived and can be sold again. */
  readonly lines: readonly ReceivedUnits[] | null;
  /** The amount to refund. Null refunds the exact price of the units. */
  readonly refund: Money | null;
}

export interface ReturnReceipt extends ReturnDecision {
  /** The order lines whose returned quantity changed. */
  readonly lines: readonly OrderedLine[];
  readonly givenBack: UnitsGivenBack;
}

export type ReceiptFailure = Failure<
  'NOT_FOUND' | 'RETURN_QUANTITY_EXCEEDED' | 'RETURN_STATE_INVALID' | 'REFUND_EXCEEDS_CAPTURED'
>;

/** Marks a return as received. Computes the stock that goes back to the warehouses and the money to refund. */
export function receiveReturn(
  order: Order,
  current: Return,
  receipt: Receipt,
  now: Date,
): Result<ReturnReceipt, ReceiptFailure> {
  const refused = refusalOfMove(current, 'RECEIVED') ?? refusalOfUnits(current, receipt.lines);
  if (refused) return err(refused);
  const lines = current.lines.map((line) => received(line, receipt.lines));
  const units = new Map(lines.map(({ orderLineId, receivedQuantity }) => [orderLineId, receivedQuantity]));
  const share = sum(
    order.lines.map((line) => shareOfUnits(line, units.get(line.id) ?? 0)),
    order.total.currency,
  );
  const after: Order = {
    ...order,
    lines: order.lines.map((line) => withReturned(line, units.get(line.id) ?? 0)),
    returnedTotal: add(order.returnedTotal, share),
  };
  const refund = receipt.refund ?? refundOf(order, share);
  const left = refundable(order);
  if (refund.amountMinor > left)
    return err(
      failure(
        'REFUND_EXCEEDS_CAPTURED',
        'The refund is larger than the captured amount that was not refunded yet: enter a smaller amount',
        ['refundAmount'],
      ),
    );
  const restock = lines.flatMap((line) => restockOf(order, line));
  return ok({
    ...decide(order, after, [entry('RETURN_RECEIVED', now, current.number)], now),
    return: { ...current, lines, status: 'RECEIVED', receivedAt: now, refund },
    lines: after.lines.filter((line, index) => line !== order.lines[index]),
    givenBack: { restock, refund },
  });
}

function refundable({ payment }: Order): number {
  return payment === null ? 0 : payment.captured.amountMinor - payment.refunded.amountMinor;
}

function refusalOfUnits(
  { lines }: Return,
  arrived: Receipt['lines'],
): Failure<'NOT_FOUND' | 'RETURN_QUANTITY_EXCEEDED'> | null {
  const left = new Map(lines.map(({ orderLineId, quantity }) => [orderLineId, quantity]));
  for (const [index, { orderLineId, quantity }] of (arrived ?? []).entries()) {
    const units = left.get(orderLineId);
    if (units === undefined)
      return failure('NOT_FOUND', 'The return has no such line', ['lines', String(index), 'orderLineId']);
    if (quantity > units)
      return failure('RETURN_QUANTITY_EXCEEDED', `Only ${units} units of this line are in the return`, [
        'lines',
        String(index),
        'quantity',
      ]);
    left.set(orderLineId, units - quantity);
  }
  return null;
}

function received(line: ReturnLine, arrived: Receipt['lines']): ReturnLine {
  if (arrived === null) return { ...line, receivedQuantity: line.quantity, restockedQuantity: line.quantity };
  const own = arrived.filter(({ orderLineId }) => orderLineId === line.orderLineId);
  const unitsOf = (parts: readonly ReceivedUnits[]) => parts.reduce((units, { quantity }) => units + quantity, 0);
  return {
    ...line,
    receivedQuantity: unitsOf(own),
    restockedQuantity: unitsOf(own.filter(({ restock }) => restock)),
  };
}

function withReturned(line: OrderedLine, units: number): OrderedLine {
  return units === 0 ? line : { ...line, returnedQuantity: line.returnedQuantity + units };
}

/**
 * The stock goes back to the warehouses that shipped the units. The units are taken from the parcels in order, after the units of earlier
 * returns.
 */
function restockOf(order: Order, { orderLineId, restockedQuantity }: ReturnLine): StockAllocation[] {
  const line = order.lines.find(({ id }) => id === orderLineId);
  if (!line) throw new Error(`Order ${order.id} has no line ${orderLineId}, but a return has one`);
  let skip = line.returnedQuantity;
  let missing = restockedQuantity;
  const parts = sentParts(order.fulfillments, orderLineId).flatMap(({ warehouseId, quantity }) => {
    const skipped = Math.min(skip, quantity);
    skip -= skipped;
    const units = Math.min(missing, quantity - skipped);
    missing -= units;
    return units > 0 ? [{ sku: line.sku, warehouseId, quantity: units }] : [];
  });
  return parts;
}

function sentParts(fulfillments: readonly Fulfillment[], orderLineId: string) {
  return fulfillments
    .filter(({ status }) => status === 'SHIPPED' || status === 'DELIVERED')
    .flatMap(({ warehouseId, lines }) =>
      lines.filter((line) => line.orderLineId === orderLineId).map(({ quantity }) => ({ warehouseId, quantity })),
    );
}
