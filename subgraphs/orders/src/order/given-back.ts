import { money, zero, type Money } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import { dueOf } from './order-status.ts';
import type { Order, OrderedLine } from './order.ts';

/**
 * Units that return to the warehouse from which they were taken. `warehouseId` is null for units that waited for stock
 * and no longer need it.
 */
export interface ReturnedUnits {
  readonly sku: string;
  readonly warehouseId: string | null;
  readonly quantity: number;
}

/** The stock and the money that go back when units are canceled or returned. */
export interface UnitsGivenBack {
  readonly restock: readonly ReturnedUnits[];
  /** The amount to refund. 0 when the money for these units was not captured yet. */
  readonly refund: Money;
}

/**
 * The share of a line's total for the next `units` that are canceled or returned. The shares are differences of a running total that is
 * rounded down. The shares of all units therefore add up to the line's total, in any sequence of partial cancellations.
 */
export function shareOfUnits(line: Omit<OrderedLine, 'allocations'>, units: number): Money {
  const before = line.canceledQuantity + line.returnedQuantity;
  const shareOf = (quantity: number) => (BigInt(line.total.amountMinor) * BigInt(quantity)) / BigInt(line.quantity);
  return money(shareOf(before + units) - shareOf(before), line.total.currency);
}

/**
 * The captured amount to refund for canceled or returned units. Refunds that staff made by hand for other reasons are not subtracted.
 * @param order before the units are canceled or returned
 * @param share the share of the units in the line's total
 */
export function refundOf(order: Order, share: Money): Money {
  const { payment } = order;
  if (payment === null) return zero(share.currency);
  const notCaptured = Math.max(0, dueOf(order) - payment.captured.amountMinor);
  return money(Math.min(Math.max(0, share.amountMinor - notCaptured), leftOf(payment)), share.currency);
}

/**
 * The amount to refund after a capture of more than the buyer owes. The amount is greater than 0 when units were canceled while the payment
 * was only authorized.
 */
export function excessOfCapture(order: Order, facts: PaymentFacts): Money {
  const excess = (captured: number) => Math.max(0, captured - dueOf(order));
  const grown = excess(facts.captured.amountMinor) - excess(order.payment?.captured.amountMinor ?? 0);
  return money(Math.min(Math.max(0, grown), leftOf(facts)), order.total.currency);
}

function leftOf({ captured, refunded }: PaymentFacts): number {
  return captured.amountMinor - refunded.amountMinor;
}
