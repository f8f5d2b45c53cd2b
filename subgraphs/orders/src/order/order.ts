import { zero, type Money } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import type { ORDER_EVENT_TYPES } from '../contract.ts';
import type { AllocatedLine, LineAllocation } from '../fulfillment/warehouse-split.ts';
import type { OrderAgreement } from './order-agreement.ts';
import { deriveStatuses, type OrderFacts } from './order-status.ts';

export type OrderEventType = (typeof ORDER_EVENT_TYPES)[number];

/** A new entry of an order's history, without its id. */
export interface HistoryEntry {
  readonly type: OrderEventType;
  readonly at: Date;
  /** A text for staff and buyers, for instance a reason or a tracking number. */
  readonly message: string | null;
}

/** A stored entry of an order's history. */
export interface RecordedEntry extends HistoryEntry {
  readonly id: string;
}

/** The members of an order line that can change. `allocations` contains the units that are not canceled. */
export interface OrderedLine extends AllocatedLine {
  readonly canceledQuantity: number;
  /** Shipped units that the buyer sent back. */
  readonly returnedQuantity: number;
  /** The amount that the buyer paid for all units of the line. */
  readonly total: Money;
}

/** The members of an order that can change. The terms of the purchase never change and are stored in other columns. */
export interface Order extends OrderFacts {
  readonly id: string;
  readonly number: string;
  readonly lines: readonly OrderedLine[];
  readonly customerId: string | null;
  readonly cancelReason: string | null;
  readonly historyLength: number;
  readonly version: number;
}

/** A changed order with the new entries of its history. When there are no entries, nothing changed. */
export interface Decision {
  readonly order: Order;
  readonly history: readonly HistoryEntry[];
}

/** Derives the new statuses of a changed order. Adds a history entry when the order becomes CONFIRMED or COMPLETED. */
export function decide(before: Order, after: Order, entries: readonly HistoryEntry[], now: Date): Decision {
  const from = deriveStatuses(before).status;
  const to = deriveStatuses(after).status;
  const reached = to !== from && (to === 'CONFIRMED' || to === 'COMPLETED') ? [entry(to, now)] : [];
  return { order: after, history: [...entries, ...reached] };
}

export function entry(type: OrderEventType, at: Date, message: string | null = null): HistoryEntry {
  return { type, at, message };
}

/** Creates an order with its authorized payment. `allocations` must be grouped by order line. */
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

/** Applies facts of the payment. Facts with an old version are ignored, because the same facts may arrive both by command and by event. */
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

/** Adds the opening and the end of a dispute to the history. The reason is the provider's text. */
export function followDispute(
  order: Order,
  { change, reason }: { readonly change: 'OPENED' | 'UPDATED' | 'WON' | 'LOST'; readonly reason: string },
  now: Date,
): Decision {
  if (change === 'UPDATED') return { order, history: [] };
  return decide(order, { ...order }, [entry(`DISPUTE_${change}`, now, reason)], now);
}

/** Marks the reserved stock as committed. The order can then be packed. A second call changes nothing. */
export function commitStock(order: Order, now: Date): Decision {
  if (order.stockCommittedAt) return { order, history: [] };
  return decide(order, { ...order, stockCommittedAt: now }, [], now);
}

/** Links the order to the customer record of its buyer. */
export function linkCustomer(order: Order, customerId: string, now: Date): Decision {
  if (order.customerId === customerId) return { order, history: [] };
  return { order: { ...order, customerId }, history: [entry('CUSTOMER_LINKED', now)] };
}

/** Applies a second change to the result of a first change. The history entries are concatenated. */
export function followedBy(decision: Decision, next: (order: Order) => Decision): Decision {
  const { order, history } = next(decision.order);
  return { order, history: [...decision.history, ...history] };
}
