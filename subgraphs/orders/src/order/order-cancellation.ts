import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { waitingUnits } from '../fulfillment/warehouse-split.ts';
import type { ReturnedUnits } from './given-back.ts';
import { decide, entry, type Decision, type Order } from './order.ts';

/**
 * The stock and the money to return after a cancellation. The record is written with the cancellation. Commands then return the stock and
 * the money.
 */
export interface Compensation {
  /** Committed stock that returns to its warehouses, and units that no longer need stock. */
  readonly restock: readonly ReturnedUnits[];
  /** VOID releases authorized money, REFUND returns captured money. Null when no money has to be returned. */
  readonly money: 'VOID' | 'REFUND' | null;
}

export interface Cancellation extends Decision {
  readonly compensation: Compensation;
}

export type CancelOrderFailure = Failure<'ORDER_NOT_CANCELABLE'>;

/** Cancels an order without shipped units, together with its open fulfillments. */
export function cancelOrder(order: Order, reason: string, now: Date): Result<Cancellation, CancelOrderFailure> {
  const refusal = refusalOf(order);
  if (refusal) return err(failure('ORDER_NOT_CANCELABLE', refusal, ['orderId']));
  return ok(calledOff(order, reason, now));
}

/** Cancels an order during its confirmation, because the stock is sold out. */
export function cancelUnservable(order: Order, now: Date): Cancellation {
  return calledOff(order, 'Sold out while the order was being placed', now);
}

function calledOff(order: Order, reason: string, now: Date): Cancellation {
  const open = order.fulfillments.filter(({ status }) => status === 'PENDING');
  const fulfillments = order.fulfillments.map((each) =>
    each.status === 'PENDING' ? { ...each, status: 'CANCELED' as const, canceledAt: now } : each,
  );
  const canceled: Order = { ...order, fulfillments, canceledAt: now, cancelReason: reason };
  const entries = [...open.map(() => entry('FULFILLMENT_CANCELED', now)), entry('CANCELED', now, reason)];
  return { ...decide(order, canceled, entries, now), compensation: compensationOf(order) };
}

function refusalOf(order: Order): string | null {
  const refusal = refusalOfEnded(order);
  if (refusal) return refusal;
  if (order.fulfillments.some(({ status }) => status === 'SHIPPED' || status === 'DELIVERED'))
    return 'A part of this order has shipped: cancel its open units with orderLinesCancel. For shipped units, wait for the parcel to come back and refund the payment';
  return null;
}

/** The reason why no unit of an order can be canceled, now or later. Null when units can be canceled. */
export function refusalOfEnded(order: Order): string | null {
  if (order.canceledAt) return 'This order is canceled already';
  // The checkout sets `stockCommittedAt` in its last step. While `stockCommittedAt` is null, the checkout is still running.
  if (order.stockCommittedAt === null) return 'This order is still being confirmed: try again in a few seconds';
  return null;
}

function compensationOf({ payment, stockCommittedAt, lines }: Order): Compensation {
  const restock = stockCommittedAt
    ? lines.flatMap((line) => {
        const { sku, allocations } = line;
        const waiting = { sku, warehouseId: null, quantity: waitingUnits(line) };
        return [
          ...allocations.map((allocation) => ({ sku, ...allocation })),
          ...(waiting.quantity > 0 ? [waiting] : []),
        ];
      })
    : [];
  if (payment === null || payment.status === 'VOIDED' || payment.status === 'FAILED') return { restock, money: null };
  if (payment.captured.amountMinor === 0) return { restock, money: 'VOID' };
  return { restock, money: payment.refunded.amountMinor < payment.captured.amountMinor ? 'REFUND' : null };
}
