import { randomUUID } from 'node:crypto';
import { logIds, type RequestContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import type { Logger } from '@souk/kit/runtime';
import { CommitStock, ReserveStock } from '@souk/inventory/contract';
import { CapturePayment, type PaymentFacts } from '@souk/payments/contract';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { allocateToLines } from '../fulfillment/warehouse-split.ts';
import { cancelUnservable } from '../order/order-cancellation.ts';
import type { OrderCompensationJob } from '../order/order-compensation.job.ts';
import { saveCancellation } from '../order/order-compensation.repository.ts';
import { lockOrder, saveAllocations, saveOrder } from '../order/order.repository.ts';
import { applyPayment, commitStock, followedBy, type Order } from '../order/order.ts';
import { findOrderSettings } from '../settings/order-settings.repository.ts';
import type { CheckoutJournal } from './checkout-journal.service.ts';
import { reservationRequest } from './checkout-requests.ts';
import { advance, agreed, type Checkout } from './checkout.ts';

/**
 * Commits the stock and captures the payment of a placed order. Every command is idempotent, so the confirmation can be repeated after a
 * failure.
 */
export class CheckoutConfirmationService {
  readonly #journal: CheckoutJournal;
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #orderCompensation: OrderCompensationJob;
  readonly #clock: Clock;
  readonly #logger: Logger;

  constructor(
    journal: CheckoutJournal,
    unitOfWork: OrdersUnitOfWork,
    orderCompensation: OrderCompensationJob,
    clock: Clock,
    logger: Logger,
  ) {
    this.#journal = journal;
    this.#unitOfWork = unitOfWork;
    this.#orderCompensation = orderCompensation;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** @throws CommandUnavailableError when a subgraph does not reply. The recovery job then continues. */
  async confirm(ctx: RequestContext, placed: Checkout): Promise<void> {
    const sale = await this.#sellStock(ctx, placed);
    if (sale.kind === 'SOLD_OUT') return this.#cancelSoldOut(ctx, sale.checkout);
    const captured = await this.#capture(ctx, sale.checkout);
    await this.#journal.record(ctx, advance(sale.checkout, 'COMPLETED'), (tx) =>
      this.#confirmOrder(tx, placed.orderId, captured),
    );
  }

  /**
   * Commits the reserved units. A reservation expires after 15 minutes. When the process was down for longer, the units are reserved again.
   */
  async #sellStock(ctx: RequestContext, placed: Checkout): Promise<StockSale> {
    let checkout = placed;
    for (let attempt = 1; attempt <= 3; attempt++) {
      const sale = await this.#sellReserved(ctx, checkout);
      if (sale.kind !== 'CLOSED') return sale;
      const { reservationId } = checkout;
      this.#logger.warn(
        { ...logIds(ctx), orderId: placed.orderId, reservationId },
        'reservation ended before its order was confirmed, reserving the stock again',
      );
      // The new id is recorded before it is used. After a crash, recovery then finds the reservation under the same id.
      const renewed = { ...sale.checkout, reservationId: randomUUID(), allocations: null };
      checkout = await this.#journal.record(ctx, renewed);
    }
    throw new Error(`The stock of order ${placed.orderId} is not sold yet. The recovery job tries again`);
  }

  async #sellReserved(ctx: RequestContext, checkout: Checkout): Promise<StockSale> {
    const reserved = checkout.allocations ? ({ kind: 'SOLD', checkout } as const) : await this.#reserve(ctx, checkout);
    if (reserved.kind !== 'SOLD') return reserved;
    const { reservationId } = checkout;
    const reply = await this.#journal.send(ctx, checkout, CommitStock, { reservationId });
    return reply.ok ? reserved : { kind: 'CLOSED', checkout: reserved.checkout };
  }

  async #reserve(ctx: RequestContext, checkout: Checkout): Promise<StockSale> {
    const reply = await this.#journal.send(ctx, checkout, ReserveStock, reservationRequest(checkout));
    if (!reply.ok) return { kind: reply.error.code === 'INSUFFICIENT_STOCK' ? 'SOLD_OUT' : 'CLOSED', checkout };
    const { allocations } = reply.value;
    const recorded = await this.#journal.record(ctx, { ...checkout, allocations }, (tx) =>
      saveAllocations(tx, allocateToLines(agreed(checkout).lines, allocations)),
    );
    return { kind: 'SOLD', checkout: recorded };
  }

  /** The payment facts after the capture. Null when nothing was left to capture or the capture was refused. */
  async #capture(ctx: RequestContext, checkout: Checkout): Promise<PaymentFacts | null> {
    const { capturePolicy } = await this.#unitOfWork.quickRead(ctx, findOrderSettings);
    const { payment } = checkout;
    // Some payment methods capture the money with the authorization, so nothing is left to capture.
    if (capturePolicy === 'MANUAL' || payment === null || payment.captured.amountMinor > 0) return null;
    // `captureId` makes the command idempotent. It is the order's id, because an order is captured once.
    const request = { paymentId: checkout.id, captureId: checkout.orderId };
    const reply = await this.#journal.send(ctx, checkout, CapturePayment, request);
    if (reply.ok) return reply.value;
    // The order stays placed and unpaid. Staff have to capture the payment or cancel the order.
    this.#logger.warn(
      { ...logIds(ctx), orderId: checkout.orderId, error: reply.error },
      'payment not captured, the order waits for staff to capture it',
    );
    return null;
  }

  async #confirmOrder(tx: OrdersTransaction, orderId: string, captured: PaymentFacts | null): Promise<void> {
    const now = this.#clock.now();
    const order = await requireOrder(tx, orderId);
    const paid = captured ? applyPayment(order, captured, now) : { order, history: [] };
    await saveOrder(
      tx,
      order,
      followedBy(paid, (each) => commitStock(each, now)),
    );
  }

  /** Cancels the order and releases its money, because other orders took the last units. */
  async #cancelSoldOut(ctx: RequestContext, checkout: Checkout): Promise<void> {
    this.#logger.warn(
      { ...logIds(ctx), orderId: checkout.orderId },
      'order canceled: its reservation ended and the stock is sold out',
    );
    await this.#journal.record(ctx, advance(checkout, 'COMPLETED'), async (tx) => {
      const order = await requireOrder(tx, checkout.orderId);
      await saveCancellation(tx, order, cancelUnservable(order, this.#clock.now()));
    });
    await this.#orderCompensation.compensate(ctx, { kind: 'ORDER', orderId: checkout.orderId });
  }
}

/** The outcome of the commit of reserved units. CLOSED means that the reservation has expired. */
interface StockSale {
  readonly kind: 'SOLD' | 'SOLD_OUT' | 'CLOSED';
  readonly checkout: Checkout;
}

async function requireOrder(tx: OrdersTransaction, orderId: string): Promise<Order> {
  const order = await lockOrder(tx, orderId);
  if (!order) throw new Error(`Order ${orderId} of a placed checkout is gone`);
  return order;
}
