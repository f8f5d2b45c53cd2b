import type { Money } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import type { ORDER_FULFILLMENT_STATUSES, ORDER_PAYMENT_STATUSES, ORDER_STATUSES } from '../contract.ts';
import { unitsByLine, type Fulfillment } from '../fulfillment/fulfillment.ts';
import type { FulfillmentStatus } from '../fulfillment/fulfillment.machine.ts';

export type OrderStatus = (typeof ORDER_STATUSES)[number];
export type OrderPaymentStatus = (typeof ORDER_PAYMENT_STATUSES)[number];
export type OrderFulfillmentStatus = (typeof ORDER_FULFILLMENT_STATUSES)[number];

/** The numbers of ordered, canceled and returned units of an order line. */
export interface LineUnits {
  readonly id: string;
  readonly quantity: number;
  readonly canceledQuantity: number;
  readonly returnedQuantity: number;
}

/** The facts from which `deriveStatuses` derives the three statuses of an order. */
export interface OrderFacts {
  readonly total: Money;
  /** The price of units that `orderLinesCancel` canceled. */
  readonly canceledTotal: Money;
  /** The price of returned units. */
  readonly returnedTotal: Money;
  readonly lines: readonly LineUnits[];
  readonly fulfillments: readonly Fulfillment[];
  /** The latest facts of the order's payment. Null when the order has no payment. */
  readonly payment: PaymentFacts | null;
  /** The time at which the reserved stock was committed. Null until then. */
  readonly stockCommittedAt: Date | null;
  readonly canceledAt: Date | null;
}

export interface OrderStatuses {
  readonly status: OrderStatus;
  readonly paymentStatus: OrderPaymentStatus;
  readonly fulfillmentStatus: OrderFulfillmentStatus;
}

/** Derives the three statuses of an order. They are always derived and never set directly. */
export function deriveStatuses(facts: OrderFacts): OrderStatuses {
  return {
    status: statusOf(facts),
    paymentStatus: paymentStatusOf(facts),
    fulfillmentStatus: fulfillmentStatusOf(facts),
  };
}

function statusOf(facts: OrderFacts): OrderStatus {
  if (facts.canceledAt) return 'CANCELED';
  if (isDelivered(facts) && (isSettled(facts) || facts.payment === null)) return 'COMPLETED';
  return facts.stockCommittedAt && (isSecured(facts) || facts.payment === null) ? 'CONFIRMED' : 'PLACED';
}

/** Whether the amount that the buyer owes was captured. Refunds are not subtracted, because a refund does not make an order unpaid. */
function isSettled(facts: OrderFacts): boolean {
  return facts.payment !== null && facts.payment.captured.amountMinor >= dueOf(facts);
}

/** Whether the amount that the buyer owes was authorized or captured. */
function isSecured(facts: OrderFacts): boolean {
  const { payment } = facts;
  if (payment === null || payment.status === 'VOIDED' || payment.status === 'FAILED') return false;
  return Math.max(payment.authorized.amountMinor, payment.captured.amountMinor) >= dueOf(facts);
}

/** The amount that the buyer owes, in minor units: the total minus canceled and returned units. */
export function dueOf({ total, canceledTotal, returnedTotal }: Omit<OrderFacts, 'lines'>): number {
  return total.amountMinor - canceledTotal.amountMinor - returnedTotal.amountMinor;
}

function paymentStatusOf(facts: OrderFacts): OrderPaymentStatus {
  const { payment } = facts;
  if (payment === null) return 'NONE';
  const { status, authorized, captured, refunded } = payment;
  if (status === 'VOIDED' || status === 'FAILED') return status;
  if (refunded.amountMinor > 0) return refunded.amountMinor >= captured.amountMinor ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  if (captured.amountMinor > 0) return captured.amountMinor >= dueOf(facts) ? 'PAID' : 'PARTIALLY_PAID';
  return authorized.amountMinor > 0 ? 'AUTHORIZED' : 'PENDING';
}

function isDelivered({ lines, fulfillments }: OrderFacts): boolean {
  const delivered = unitsIn(fulfillments, 'DELIVERED');
  return delivered > 0 && delivered >= orderedUnits(lines);
}

function fulfillmentStatusOf({ lines, fulfillments }: OrderFacts): OrderFulfillmentStatus {
  const ordered = orderedUnits(lines);
  const returned = total(lines.map(({ returnedQuantity }) => returnedQuantity));
  if (returned > 0) return returned >= ordered ? 'RETURNED' : 'PARTIALLY_RETURNED';
  const delivered = unitsIn(fulfillments, 'DELIVERED');
  const sent = delivered + unitsIn(fulfillments, 'SHIPPED');
  if (delivered > 0) return delivered >= ordered ? 'DELIVERED' : 'PARTIALLY_DELIVERED';
  if (sent > 0) return sent >= ordered ? 'FULFILLED' : 'PARTIALLY_FULFILLED';
  return 'UNFULFILLED';
}

function orderedUnits(lines: readonly LineUnits[]): number {
  return total(lines.map(({ quantity, canceledQuantity }) => quantity - canceledQuantity));
}

function unitsIn(fulfillments: readonly Fulfillment[], status: FulfillmentStatus): number {
  return total(unitsByLine(fulfillments, [status]).values());
}

function total(quantities: Iterable<number>): number {
  return [...quantities].reduce((units, quantity) => units + quantity, 0);
}
