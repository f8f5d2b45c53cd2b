import { zero, type Money } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import type { ORDER_EVENT_TYPES } from '../contract.ts';
import type { AllocatedLine, LineAllocation } from '../fulfillment/warehouse-split.ts';
import type { OrderAgreement } from './order-agreement.ts';
import { deriveStatuses, type OrderFacts } from './order-status.ts';

export type OrderEventType = (typeof ORDER_EVENT_TYPES)[number];

/** An entry of an order's history that is not written yet. */
export interface HistoryEntry {
  readonly type: OrderEventType;
  readonly at: Date;
  /** A text for people: a reason or a tracking number. */
  readonly message: string | null;
}

/** An entry of an order's history that is written. */
export interface RecordedEntry extends HistoryEntry {
  readonly id: string;
}

/** The part of an order line that can change. `allocations` contains the units that are not canceled. */
export interface OrderedLine extends AllocatedLine {
  readonly canceledQuantity: number;
  /** Sent units that came back. */
  readonly returnedQuantity: number;
  /** The amount that the buyer paid for all units of the line. */
  readonly total: Money;
}

/** The part of an order that can change. The purchase itself is frozen in its own rows. */
export interface Order extends OrderFacts {
  readonly id: string;
  readonly number: string;
  readonly lines: readonly OrderedLine[];
  readonly customerId: string | null;
  readonly cancelReason: string | null;
  /** The number of entries in the history. */
  readonly historyLength: number;
  readonly version: number;
}

/** An order after a change, with the new entries of its history. When nothing changed there are no entries. */
export interface Decision {
  readonly order: Order;
  readonly history: readonly HistoryEntry[];
}

/** Completes a change with its consequences. An order that becomes CONFIRMED or COMPLETED gets an entry in its history. */
export function decide(before: Order, after: Order, entries: readonly HistoryEntry[], now: Date): Decision {
  const from = deriveStatuses(before).status;
  const to = deriveStatuses(after).status;
  const reached = to !== from && (to === 'CONFIRMED' || to === 'COMPLETED') ? [entry(to, now)] : [];
  return { order: after, history: [...entries, ...reached] };
}

export function entry(type: OrderEventType, at: Date, message: string | null = null): HistoryEntry {
  return { type, at, message };
}

/** A new order with its authorized payment. `allocations` must be grouped by order line. */
export function placeOrder(
  ids: { readonly id: string; readonly number: string },
  { totals, lines }: Pick<OrderAgreement, 'totals' | 'lines'>,
  allocations: ReadonlyMap<string, readonly LineAllocation[]>,
  payment: PaymentFacts | null,
  now: Date,
): Decision {
  const order: Order = {
    ...ids,
    total: totals.total,
    canceledTotal: zero(totals.total.currency),
    returnedTotal: zero(totals.total.currency),
    lines: lines.map(({ id, sku, quantity, total }) => ({
      id,
      sku,
      quantity,
      total,
      canceledQuantity: 0,
      returnedQuantity: 0,
      allocations: allocations.get(id) ?? [],
    })),
    fulfillments: [],
    payment: null,
    stockCommittedAt: null,
    canceledAt: null,
    cancelReason: null,
    customerId: null,
    historyLength: 0,
    version: 1,
  };
  const placed: Decision = { order, history: [entry('PLACED', now)] };
  return payment ? followedBy(placed, (each) => applyPayment(each, payment, now)) : placed;
}

/**
 * Applies facts of the payment. Facts that are older than the known facts are ignored, so that a command and an event may carry the same
 * facts.
 */
export function applyPayment(order: Order, facts: PaymentFacts, now: Date): Decision {
  const known = order.payment;
  const isNews = known === null || (known.paymentId === facts.paymentId && facts.version > known.version);
  if (!isNews) return { order, history: [] };
  return decide(order, { ...order, payment: facts }, paymentHistory(known, facts, now), now);
}

function paymentHistory(known: PaymentFacts | null, facts: PaymentFacts, now: Date): HistoryEntry[] {
  const grew = (amount: Money, before: Money | undefined) => amount.amountMinor > (before?.amountMinor ?? 0);
  return [
    ...(grew(facts.authorized, known?.authorized) ? [entry('PAYMENT_AUTHORIZED', now)] : []),
    ...(grew(facts.captured, known?.captured) ? [entry('PAYMENT_CAPTURED', now)] : []),
    ...(grew(facts.refunded, known?.refunded) ? [entry('REFUNDED', now)] : []),
    ...(facts.status === 'VOIDED' && known?.status !== 'VOIDED' ? [entry('PAYMENT_VOIDED', now)] : []),
  ];
}

/** Marks the reserved stock as committed, so that the order can be packed. A second call changes nothing. */
export function commitStock(order: Order, now: Date): Decision {
  if (order.stockCommittedAt) return { order, history: [] };
  return decide(order, { ...order, stockCommittedAt: now }, [], now);
}

/** Links the buyer's customer to the order. */
export function linkCustomer(order: Order, customerId: string, now: Date): Decision {
  if (order.customerId === customerId) return { order, history: [] };
  return { order: { ...order, customerId }, history: [entry('CUSTOMER_LINKED', now)] };
}

/** Applies a second change to the result of a first change. */
export function followedBy(decision: Decision, next: (order: Order) => Decision): Decision {
  const { order, history } = next(decision.order);
  return { order, history: [...decision.history, ...history] };
}
