import { randomUUID } from 'node:crypto';
import { logIds, type RequestContext } from '@souk/kit/context';
import { CommandUnavailableError } from '@souk/kit/contracts';
import { err, ok, type Clock, type Result } from '@souk/kit/domain';
import type { Logger } from '@souk/kit/runtime';
import { ReserveStock } from '@souk/inventory/contract';
import { AuthorizePayment } from '@souk/payments/contract';
import { countAttempts } from '../brake/attempt-count.repository.ts';
import { declineOf } from '../brake/brake.policy.ts';
import type { CartCheckout } from '../cart/cart-checkout.service.ts';
import { priceChanges } from '../cart/cart-pricing.ts';
import type { CartPricing } from '../cart/cart-pricing.service.ts';
import type { Cart, PricedCart } from '../cart/cart.ts';
import type { OrdersTransaction } from '../database.ts';
import { agreementOf } from '../order/order-agreement.ts';
import type { CheckoutConfirmationService } from './checkout-confirmation.service.ts';
import type { CheckoutJournal } from './checkout-journal.service.ts';
import { authorizationRequest, reservationRequest } from './checkout-requests.ts';
import type { CheckoutCompensationService, CheckoutFailure } from './checkout-compensation.service.ts';
import { paymentRefused, pricesChanged, shippingMethodGone, stockRefused, unavailable } from './checkout.errors.ts';
import { compensationsOf } from './checkout.machine.ts';
import { LeaseLostError } from './checkout.repository.ts';
import {
  advance,
  agreed,
  type Checkout,
  type CheckoutOutcome,
  type CheckoutRefusal,
  type PaymentMethod,
} from './checkout.ts';
import { placeOrderOf } from './order-placement.service.ts';

type Step = Result<Checkout, CheckoutFailure>;

export interface CheckoutSagaDependencies {
  readonly journal: CheckoutJournal;
  readonly compensation: CheckoutCompensationService;
  readonly confirmation: CheckoutConfirmationService;
  readonly pricing: CartPricing;
  readonly carts: CartCheckout;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Runs a checkout from STARTED to its end: it prices, reserves, authorizes, places, commits and captures. No command is sent inside a
 * transaction. After a refusal the finished steps are compensated. The recovery job handles any other failure from the recorded state.
 */
export class CheckoutSaga {
  readonly #dependencies: CheckoutSagaDependencies;

  constructor(dependencies: CheckoutSagaDependencies) {
    this.#dependencies = dependencies;
  }

  run(ctx: RequestContext, started: Checkout, cart: Cart, paymentMethod: PaymentMethod): Promise<CheckoutOutcome> {
    return this.#dependencies.journal.underLease(ctx, started, async () => {
      try {
        await this.#dependencies.journal.began(started);
        const placed = await this.#place(ctx, started, cart, paymentMethod);
        if (!placed.ok) return await this.#refuse(ctx, placed.error);
        await this.#confirm(ctx, placed.value);
        return { kind: 'ORDERED', orderId: placed.value.orderId };
      } catch (error) {
        if (!(error instanceof LeaseLostError)) throw error;
        this.#dependencies.logger.warn(
          { ...logIds(ctx), error, checkoutId: started.id },
          'checkout lease lost to the recovery job, answering SERVICE_UNAVAILABLE',
        );
        return { kind: 'LOST' };
      }
    });
  }

  async #place(ctx: RequestContext, started: Checkout, cart: Cart, paymentMethod: PaymentMethod): Promise<Step> {
    const priced = await this.#price(ctx, started, cart);
    if (!priced.ok) return priced;
    const reserved = await this.#reserve(ctx, priced.value, cart);
    if (!reserved.ok) return reserved;
    const authorized = await this.#authorize(ctx, reserved.value, paymentMethod);
    if (!authorized.ok) return authorized;
    const { journal, carts, clock } = this.#dependencies;
    return ok(
      await journal.record(ctx, advance(authorized.value, 'PLACED'), (tx) =>
        placeOrderOf(tx, authorized.value, carts, clock.now()),
      ),
    );
  }

  async #price(ctx: RequestContext, checkout: Checkout, cart: Cart): Promise<Step> {
    const priced = await this.#dependencies.pricing.price(ctx, cart);
    if (!priced.ok) return err(answered(checkout, [priced.error]));
    const changes = priceChanges(cart, priced.value.cart.lines);
    if (changes.length > 0)
      return err({
        ...answered(checkout, pricesChanged(changes, cart)),
        alongside: (tx) => this.#showPrices(tx, priced.value),
      });
    const agreement = agreementOf(priced.value, randomUUID);
    if (!agreement) return err(answered(checkout, shippingMethodGone()));
    return ok(await this.#dependencies.journal.record(ctx, advance(checkout, 'PRICED', { agreement })));
  }

  async #showPrices(tx: Parameters<CartCheckout['reprice']>[0], { cart }: PricedCart): Promise<void> {
    const { carts } = this.#dependencies;
    const current = await carts.lockForCheckout(tx, cart.id);
    if (current?.status === 'ACTIVE') await carts.reprice(tx, current, cart.lines);
  }

  async #reserve(ctx: RequestContext, checkout: Checkout, cart: Cart): Promise<Step> {
    const { journal } = this.#dependencies;
    const reply = await journal.ask(ctx, checkout, ReserveStock, reservationRequest(checkout));
    if (!reply) return err(unanswered(checkout));
    if (!reply.ok) return err(answered(checkout, stockRefused(reply.error, cart)));
    const { allocations } = reply.value;
    return ok(await journal.record(ctx, advance(checkout, 'RESERVED', { allocations })));
  }

  async #authorize(ctx: RequestContext, checkout: Checkout, paymentMethod: PaymentMethod): Promise<Step> {
    const { journal } = this.#dependencies;
    if (agreed(checkout).totals.total.amountMinor === 0) return ok(checkout);
    const reply = await journal.ask(ctx, checkout, AuthorizePayment, authorizationRequest(checkout, paymentMethod));
    if (!reply) return err(unanswered(checkout));
    if (!reply.ok) {
      const isDeclined = reply.error.code === 'PAYMENT_DECLINED';
      // The decline is counted in the transaction of the outcome, so that every decline that a buyer sees is counted.
      const count = async (tx: OrdersTransaction) =>
        void (isDeclined && (await countAttempts(tx, declineOf(ctx, checkout.cartId))));
      return err({ ...answered(checkout, paymentRefused(reply.error)), alongside: count });
    }
    return ok(await journal.record(ctx, advance(checkout, 'AUTHORIZED', { payment: reply.value })));
  }

  async #refuse(ctx: RequestContext, failed: CheckoutFailure): Promise<CheckoutOutcome> {
    try {
      await this.#dependencies.compensation.compensate(ctx, failed);
    } catch (error) {
      if (!(error instanceof CommandUnavailableError)) throw error;
      this.#dependencies.logger.warn(
        { ...logIds(ctx), error, checkoutId: failed.checkout.id },
        'checkout not compensated, left to the recovery job',
      );
      await this.#dependencies.journal.leave(ctx, failed.checkout);
    }
    return { kind: 'REFUSED', refusal: failed.refusal ?? unavailable() };
  }

  /** Confirms a placed order. The buyer keeps the order, whatever fails from now on. */
  async #confirm(ctx: RequestContext, placed: Checkout): Promise<void> {
    try {
      await this.#dependencies.confirmation.confirm(ctx, placed);
    } catch (error) {
      if (!(error instanceof CommandUnavailableError || error instanceof LeaseLostError)) throw error;
      this.#dependencies.logger.warn(
        { ...logIds(ctx), error, orderId: placed.orderId },
        'order placed but not confirmed, left to the recovery job',
      );
      await this.#dependencies.journal.leave(ctx, placed);
    }
  }
}

/** The failure of a checkout whose last command was refused. The refused command holds no stock and no money. */
function answered(checkout: Checkout, refusal: CheckoutRefusal): CheckoutFailure {
  return { checkout, refusal, compensations: compensationsOf(checkout.state, 'ANSWERED') };
}

/** The failure of a checkout whose last command got no reply, so that its outcome is unknown. */
function unanswered(checkout: Checkout): CheckoutFailure {
  return { checkout, refusal: unavailable(), compensations: compensationsOf(checkout.state, 'UNANSWERED') };
}
