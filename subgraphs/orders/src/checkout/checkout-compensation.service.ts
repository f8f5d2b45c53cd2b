import { logIds, type RequestContext } from '@souk/kit/context';
import type { Logger } from '@souk/kit/runtime';
import { ReleaseStock } from '@souk/inventory/contract';
import { RefundPayment, VoidPayment } from '@souk/payments/contract';
import type { OrdersTransaction } from '../database.ts';
import { releaseUses } from '../promotion/promotion-use.repository.ts';
import type { CheckoutJournal } from './checkout-journal.service.ts';
import { freesKey } from './checkout.errors.ts';
import type { CheckoutCompensation } from './checkout.machine.ts';
import { advance, type Checkout, type CheckoutRefusal } from './checkout.ts';

/** A failed checkout and the commands that undo its finished steps. */
export interface CheckoutFailure {
  /** The checkout in its last recorded state. */
  readonly checkout: Checkout;
  /** The user errors for the buyer. Null after a crash, when no request waits for the outcome. */
  readonly refusal: CheckoutRefusal | null;
  readonly compensations: readonly CheckoutCompensation[];
  /** Makes further writes in the transaction that records the failure. */
  readonly alongside?: (tx: OrdersTransaction) => Promise<void>;
}

/** Releases the stock and the money that a failed checkout holds. */
export class CheckoutCompensationService {
  readonly #journal: CheckoutJournal;
  readonly #logger: Logger;

  constructor(journal: CheckoutJournal, logger: Logger) {
    this.#journal = journal;
    this.#logger = logger;
  }

  /**
   * Records the failure, then sends the compensating commands.
   * @throws CommandUnavailableError when a subgraph does not reply. The recovery job then continues.
   */
  async compensate(
    ctx: RequestContext,
    { checkout, refusal, compensations, alongside }: CheckoutFailure,
  ): Promise<void> {
    const idempotencyKey = refusal === null || freesKey(refusal) ? null : checkout.idempotencyKey;
    const facts = { refusal, compensations, idempotencyKey };
    const release = async (tx: OrdersTransaction) => {
      await releaseUses(tx, checkout.orderId);
      await alongside?.(tx);
    };
    if (compensations.length === 0) {
      await this.#journal.record(ctx, advance(checkout, 'UNDONE', facts), release);
      return;
    }
    await this.resume(ctx, await this.#journal.record(ctx, advance(checkout, 'UNDOING', facts), release));
  }

  /** Continues the compensation of a checkout in the state UNDOING. @throws CommandUnavailableError when a subgraph does not reply */
  async resume(ctx: RequestContext, checkout: Checkout): Promise<void> {
    for (const compensation of checkout.compensations ?? []) await this.#send(ctx, checkout, compensation);
    await this.#journal.record(ctx, advance(checkout, 'UNDONE'));
  }

  /**
   * Refunds a payment that cannot be voided because it is captured already. Some payment methods capture with the authorization, and staff
   * may capture by hand.
   */
  async #refund(ctx: RequestContext, checkout: Checkout): Promise<void> {
    // The order was never placed, so the payment has no other refund. The order's id can therefore be the refund's id.
    const request = { paymentId: checkout.id, refundId: checkout.orderId, reason: 'The order was not placed' };
    const reply = await this.#journal.send(ctx, checkout, RefundPayment, request);
    if (reply.ok) return;
    this.#logger.error(
      { ...logIds(ctx), checkoutId: checkout.id, error: reply.error },
      'payment of a failed checkout neither voided nor refunded: check the payment and return the money by hand',
    );
  }

  async #send(ctx: RequestContext, checkout: Checkout, compensation: CheckoutCompensation): Promise<void> {
    switch (compensation) {
      case 'RELEASE_STOCK':
        await this.#journal.send(ctx, checkout, ReleaseStock, { reservationId: checkout.reservationId });
        return;
      case 'VOID_PAYMENT': {
        const request = { paymentId: checkout.id, orderId: checkout.orderId };
        const reply = await this.#journal.send(ctx, checkout, VoidPayment, request);
        if (!reply.ok) await this.#refund(ctx, checkout);
      }
    }
  }
}
