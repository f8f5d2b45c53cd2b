import { add, err, failure, ok, sum, type Failure, type Result } from '@souk/kit/domain';
import type { LineQuantity } from '../fulfillment/fulfillment.ts';
import { takeCancelableUnits, type CancelableUnits } from '../fulfillment/warehouse-split.ts';
import { refundOf, shareOfUnits, type UnitsGivenBack } from './given-back.ts';
import { refusalOfEnded } from './order-cancellation.ts';
import { decide, entry, type Decision, type Order, type OrderedLine } from './order.ts';

export interface LineCancellation extends Decision {
  /** The lines whose canceled quantity changed. */
  readonly lines: readonly OrderedLine[];
  readonly givenBack: UnitsGivenBack;
}

export type CancelLinesFailure = Failure<'ORDER_NOT_CANCELABLE' | 'FULFILLMENT_QUANTITY_EXCEEDED' | 'NOT_FOUND'>;

/**
 * Cancels units that are not in a fulfillment. By default all such units are canceled. Fails when nothing of the order would be left.
 * `orderCancel` cancels the complete order, including its shipping.
 */
export function cancelLines(
  order: Order,
  requested: readonly LineQuantity[] | null,
  reason: string,
  now: Date,
): Result<LineCancellation, CancelLinesFailure> {
  const refusal = refusalOfEnded(order);
  if (refusal) return err(notCancelable(refusal));
  const taken = takeCancelableUnits(order.lines, order.fulfillments, requested);
  if (!taken.ok) return taken;
  if (taken.value.length === 0)
    return err(
      notCancelable('Every unit of this order is shipped, packed or canceled: cancel its pending fulfillments first'),
    );
  const lines = order.lines.map((line) => withoutUnits(line, taken.value));
  if (lines.every(({ quantity, canceledQuantity }) => quantity === canceledQuantity))
    return err(
      notCancelable('These are all units of the order: cancel the order with orderCancel, which refunds shipping too'),
    );
  return ok(canceled(order, lines, taken.value, reason, now));
}

function canceled(
  order: Order,
  lines: readonly OrderedLine[],
  units: readonly CancelableUnits[],
  reason: string,
  now: Date,
): LineCancellation {
  const { currency } = order.total;
  const share = sum(
    order.lines.map((line, index) => shareOfUnits(line, (lines[index]?.canceledQuantity ?? 0) - line.canceledQuantity)),
    currency,
  );
  const after: Order = { ...order, lines, canceledTotal: add(order.canceledTotal, share) };
  const skus = new Map(order.lines.map(({ id, sku }) => [id, sku]));
  const restock = units.map(({ orderLineId, warehouseId, quantity }) => ({
    sku: skus.get(orderLineId) ?? '',
    warehouseId,
    quantity,
  }));
  return {
    ...decide(order, after, [entry('LINES_CANCELED', now, reason)], now),
    lines: lines.filter((line, index) => line !== order.lines[index]),
    givenBack: { restock, refund: refundOf(order, share) },
  };
}

function withoutUnits(line: OrderedLine, units: readonly CancelableUnits[]): OrderedLine {
  const own = units.filter(({ orderLineId }) => orderLineId === line.id);
  if (own.length === 0) return line;
  const taken = (warehouseId: string) =>
    own.filter((each) => each.warehouseId === warehouseId).reduce((all, { quantity }) => all + quantity, 0);
  const left = line.allocations.map(({ warehouseId, quantity }) => ({
    warehouseId,
    quantity: quantity - taken(warehouseId),
  }));
  return {
    ...line,
    allocations: left.filter(({ quantity }) => quantity > 0),
    canceledQuantity: line.canceledQuantity + own.reduce((all, { quantity }) => all + quantity, 0),
  };
}

function notCancelable(message: string): Failure<'ORDER_NOT_CANCELABLE'> {
  return failure('ORDER_NOT_CANCELABLE', message, ['orderId']);
}
