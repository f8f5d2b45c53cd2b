import { money, zero, type Money } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import { dueOf } from './order-status.ts';
import type { Order, OrderedLine } from './order.ts';

/** Units that return to the warehouse from which they were taken. `warehouseId` null: units that waited for stock and need none any more. */
export interface ReturnedUnits {
  readonly sku: string;
  readonly warehouseId: string | null;
  readonly quantity: number;
}

/** The stock and the money that are returned for canceled or returned units. */
export interface UnitsGivenBack {
  readonly restock: readonly ReturnedUnits[];
  /** The amount to refund. 0 when no money was captured for these units yet. */
  readonly refund: Money;
}

/**
 * The share of a line's total that belongs to the next `units` to give back. The share is rounded down as a running total over canceled
 * and returned units. So the shares of all units of a line add up to the line's total, in whatever portions the units are given back.
 */
export function shareOfUnits(line: Omit<OrderedLine, 'allocations'>, units: number): Money {
  const before = line.canceledQuantity + line.returnedQuantity;
  const shareOf = (quantity: number) => (BigInt(line.total.amountMinor) * BigInt(quantity)) / BigInt(line.quantity);
  return money(shareOf(before + units) - shareOf(before), line.total.currency);
}

/**
 * The captured amount that belongs to given back units. Refunds that staff made by hand for other reasons are ignored.
 * @param order before the units are given back
 * @param share the share of the units
 */
export function refundOf(order: Order, share: Money): Money {
  const { payment } = order;
  if (payment === null) return zero(share.currency);
  const notCaptured = Math.max(0, dueOf(order) - payment.captured.amountMinor);
  return money(Math.min(Math.max(0, share.amountMinor - notCaptured), leftOf(payment)), share.currency);
}

/** The refund after a capture that took more than the buyer owes, because units were given back while the money was only held. */
export function excessOfCapture(order: Order, facts: PaymentFacts): Money {
  const excess = (captured: number) => Math.max(0, captured - dueOf(order));
  const grown = excess(facts.captured.amountMinor) - excess(order.payment?.captured.amountMinor ?? 0);
  return money(Math.min(Math.max(0, grown), leftOf(facts)), order.total.currency);
}

function leftOf({ captured, refunded }: PaymentFacts): number {
  return captured.amountMinor - refunded.amountMinor;
}
