import type { StockAllocation } from '@souk/inventory/contract';
import { err, failure, money, ok, subtract, sum, zero, type Failure, type Money, type Result } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import type { LineQuantity } from '../fulfillment/fulfillment.ts';
import { takeOpenUnits, type OpenUnits } from '../fulfillment/warehouse-split.ts';
import { refusalOfEnded } from './order-cancellation.ts';
import { decide, entry, type Decision, type Order, type OrderedLine } from './order.ts';

/** The stock and the money that are returned for canceled units. */
export interface UnitsGivenBack {
  readonly restock: readonly StockAllocation[];
  /** The amount to refund. 0 when no money was captured for these units yet. */
  readonly refund: Money;
}

export interface LineCancellation extends Decision {
  /** The changed lines. */
  readonly lines: readonly OrderedLine[];
  readonly givenBack: UnitsGivenBack;
}

export type CancelLinesFailure = Failure<'ORDER_NOT_CANCELABLE' | 'FULFILLMENT_QUANTITY_EXCEEDED' | 'NOT_FOUND'>;

/**
 * Cancels units that are in no fulfillment, by default all such units. When an order has no packed units, its last open units cannot be
 * canceled here, because `orderCancel` cancels such an order together with its shipping.
 */
export function cancelLines(
  order: Order,
  requested: readonly LineQuantity[] | null,
  reason: string,
  now: Date,
): Result<LineCancellation, CancelLinesFailure> {
  const refusal = refusalOfEnded(order);
  if (refusal) return err(notCancelable(refusal));
  const taken = takeOpenUnits(order.lines, order.fulfillments, requested);
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
  units: readonly OpenUnits[],
  reason: string,
  now: Date,
): LineCancellation {
  const { currency } = order.total;
  const canceledTotal = sum(lines.map(canceledShareOf), currency);
  const after: Order = { ...order, lines, canceledTotal };
  const skus = new Map(order.lines.map(({ id, sku }) => [id, sku]));
  const restock = units.map(({ orderLineId, warehouseId, quantity }) => ({
    sku: skus.get(orderLineId) ?? '',
    warehouseId,
    quantity,
  }));
  const share = subtract(canceledTotal, order.canceledTotal);
  return {
    ...decide(order, after, [entry('LINES_CANCELED', now, reason)], now),
    lines: lines.filter((line, index) => line !== order.lines[index]),
    givenBack: { restock, refund: refundOf(order, share) },
  };
}

/** The captured amount that belongs to the canceled units. Refunds that staff made by hand for other reasons are ignored. */
function refundOf({ payment, total, canceledTotal }: Order, share: Money): Money {
  if (payment === null) return zero(share.currency);
  const notCaptured = Math.max(0, total.amountMinor - canceledTotal.amountMinor - payment.captured.amountMinor);
  return money(Math.min(Math.max(0, share.amountMinor - notCaptured), leftOf(payment)), share.currency);
}

/** The refund after a capture that took more than the buyer owes, because units were canceled while the money was only held. */
export function excessOfCapture({ total, canceledTotal, payment }: Order, facts: PaymentFacts): Money {
  const excess = (captured: number) => Math.max(0, captured - (total.amountMinor - canceledTotal.amountMinor));
  const grown = excess(facts.captured.amountMinor) - excess(payment?.captured.amountMinor ?? 0);
  return money(Math.min(Math.max(0, grown), leftOf(facts)), total.currency);
}

function leftOf({ captured, refunded }: PaymentFacts): number {
  return captured.amountMinor - refunded.amountMinor;
}

function withoutUnits(line: OrderedLine, units: readonly OpenUnits[]): OrderedLine {
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

/**
 * The share of a line's total that belongs to its canceled units. The share is rounded down as a running total. So the shares of all units
 * of a line add up to the line's total, in whatever portions the units are canceled.
 */
function canceledShareOf({ total, quantity, canceledQuantity }: OrderedLine): Money {
  return money((BigInt(total.amountMinor) * BigInt(canceledQuantity)) / BigInt(quantity), total.currency);
}

function notCancelable(message: string): Failure<'ORDER_NOT_CANCELABLE'> {
  return failure('ORDER_NOT_CANCELABLE', message, ['orderId']);
}
