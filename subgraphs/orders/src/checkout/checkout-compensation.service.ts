import { logIds, type RequestContext } from '@souk/kit/context';
import type { Transaction } from '@souk/kit/persistence';
import type { Logger } from '@souk/kit/runtime';
import { ReleaseStock } from '@souk/inventory/contract';
import { VoidPayment } from '@souk/payments/contract';
import type { OrdersDatabase } from '../database.ts';
import type { CheckoutJournal } from './checkout-journal.service.ts';
import { freesKey } from './checkout.errors.ts';
import type { CheckoutCompensation } from './checkout.machine.ts';
import { advance, type Checkout, type CheckoutRefusal } from './checkout.ts';

/** Why and how a checkout is undone. */
export interface Setback {
  /** As it was recorded last. */
  readonly checkout: Checkout;
  /** Null after a crash: nobody is there to be told. */
  readonly refusal: CheckoutRefusal | null;
  readonly compensations: readonly CheckoutCompensation[];
  /** What else changes in the transaction that records the end. */
  readonly alongside?: (tx: Transaction<OrdersDatabase>) => Promise<void>;
}

/** Gives back what a checkout held. */
export class CheckoutUndoing {
  readonly #journal: CheckoutJournal;
  readonly #logger: Logger;

  constructor(journal: CheckoutJournal, logger: Logger) {
    this.#journal = journal;
    this.#logger = logger;
  }

  /** Records that it is to be undone, then does it. @throws CommandUnavailableError: recovery will go on */
  async undo(ctx: RequestContext, { checkout, refusal, compensations, alongside }: Setback): Promise<void> {
    const idempotencyKey = refusal === null || freesKey(refusal) ? null : checkout.idempotencyKey;
    const facts = { refusal, compensations, idempotencyKey };
    if (compensations.length === 0) {
      await this.#journal.record(ctx, advance(checkout, 'UNDONE', facts), alongside);
      return;
    }
    await this.resume(ctx, await this.#journal.record(ctx, advance(checkout, 'UNDOING', facts), alongside));
  }

  /** Goes on with one that is UNDOING. @throws CommandUnavailableError */
  async resume(ctx: RequestContext, checkout: Checkout): Promise<void> {
    for (const compensation of checkout.compensations ?? []) await this.#give(ctx, checkout, compensation);
    await this.#journal.record(ctx, advance(checkout, 'UNDONE'));
  }

  async #give(ctx: RequestContext, checkout: Checkout, compensation: CheckoutCompensation): Promise<void> {
    switch (compensation) {
      case 'RELEASE_STOCK':
        await this.#journal.send(ctx, checkout, ReleaseStock, { reservationId: checkout.reservationId });
        return;
      case 'VOID_PAYMENT': {
        const request = { paymentId: checkout.id, orderId: checkout.orderId };
        const reply = await this.#journal.send(ctx, checkout, VoidPayment, request);
        // Nothing of an order that was never placed is captured: somebody moved money by hand, and a person must look.
        if (!reply.ok)
          this.#logger.error(
            { ...logIds(ctx), checkoutId: checkout.id, reply },
            'the payment of an undone checkout is not void',
          );
      }
    }
  }
}
