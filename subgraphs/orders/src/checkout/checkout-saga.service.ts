import { randomUUID } from 'node:crypto';
import { customerIdOf, logIds, type RequestContext } from '@souk/kit/context';
import { CommandUnavailableError } from '@souk/kit/contracts';
import { err, ok, type Clock, type Result } from '@souk/kit/domain';
import type { Logger } from '@souk/kit/runtime';
import { ReserveStock } from '@souk/inventory/contract';
import { AuthorizePayment, ConfirmPayment, type PaymentFacts, type WaitingPayment } from '@souk/payments/contract';
import { countAttempts } from '../attempt-limit/attempt-count.repository.ts';
import { declineOf } from '../attempt-limit/attempt-limit.policy.ts';
import { releasePlace } from '../attempt-limit/payment-attempt.repository.ts';
import type { PaymentAttempts } from '../attempt-limit/payment-attempts.service.ts';
import type { CartCheckout } from '../cart/cart-checkout.service.ts';
import { priceChanges } from '../cart/cart-pricing.ts';
import type { CartPricing } from '../cart/cart-pricing.service.ts';
import type { Cart, PricedCart } from '../cart/cart.ts';
import type { OrdersTransaction } from '../database.ts';
import { agreementOf, type OrderAgreement } from '../order/order-agreement.ts';
import { claimUses } from '../promotion/promotion-use.repository.ts';
import type { CheckoutConfirmationService } from './checkout-confirmation.service.ts';
import type { CheckoutJournal } from './checkout-journal.service.ts';
import { authorizationRequest, PAYMENT_WAIT_SECONDS, reservationRequest } from './checkout-requests.ts';
import type { CheckoutCompensationService, CheckoutFailure } from './checkout-compensation.service.ts';
import {
  discountChanged,
  paymentNotFinished,
  paymentRefused,
  pricesChanged,
  promotionUsedUp,
  PromotionUsedUpError,
  shippingMethodGone,
  stockRefused,
  taxChanged,
  unavailable,
} from './checkout.errors.ts';
import { compensationsOf, STORED_WHILE_RUNNING } from './checkout.machine.ts';
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
  readonly attempts: Pick<PaymentAttempts, 'claim'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Runs a checkout from STARTED to its end: prices, reserves, authorizes, places, commits and captures. Commands are sent outside of
 * transactions. A user error compensates the finished steps. The recovery job handles crashes. Before PLACED it compensates every step that
 * may have run, so the steps between STARTED and PLACED are not recorded.
 */
export class CheckoutSaga {
  readonly #dependencies: CheckoutSagaDependencies;

  constructor(dependencies: CheckoutSagaDependencies) {
    this.#dependencies = dependencies;
  }

  run(ctx: RequestContext, started: Checkout, cart: Cart, paymentMethod: PaymentMethod): Promise<CheckoutOutcome> {
    return this.#underLease(ctx, started, async () => {
      await this.#dependencies.journal.began(started);
      return this.#authorized(ctx, started, cart, paymentMethod);
    });
  }

  /**
   * Requests the outcome of a waiting payment. Then the checkout continues, fails, or waits again. The caller must hold the lease.
   * @param gaveUp whether the buyer canceled the payment. @default false
   */
  resume(ctx: RequestContext, waiting: Checkout, gaveUp = false): Promise<CheckoutOutcome> {
    return this.#underLease(ctx, waiting, () => this.#confirmed(ctx, waiting, gaveUp));
  }

  #underLease(ctx: RequestContext, started: Checkout, work: () => Promise<Step>): Promise<CheckoutOutcome> {
    return this.#dependencies.journal.underLease(ctx, started, async () => {
      try {
        const paid = await work();
        if (!paid.ok) return await this.#refuse(ctx, paid.error);
        const { wait } = paid.value;
        if (wait) return { kind: 'WAITING', wait };
        const placed = await this.#place(ctx, paid.value);
        await this.#confirm(ctx, placed);
        return { kind: 'ORDERED', orderId: placed.orderId };
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

  async #authorized(ctx: RequestContext, started: Checkout, cart: Cart, paymentMethod: PaymentMethod): Promise<Step> {
    const priced = await this.#price(ctx, started, cart);
    if (!priced.ok) return priced;
    const reserved = await this.#reserve(ctx, priced.value, cart);
    if (!reserved.ok) return reserved;
    return this.#authorize(ctx, reserved.value, paymentMethod);
  }

  #place(ctx: RequestContext, authorized: Checkout): Promise<Checkout> {
    const { journal, carts, clock } = this.#dependencies;
    return journal.record(ctx, advance(authorized, 'PLACED'), async (tx) => {
      await placeOrderOf(tx, authorized, carts, clock.now());
      await releasePlace(tx, authorized.id);
    });
  }

  async #price(ctx: RequestContext, checkout: Checkout, cart: Cart): Promise<Step> {
    const priced = await this.#dependencies.pricing.price(ctx, cart);
    if (!priced.ok) return err(answered(checkout, [priced.error]));
    const changes = priceChanges(cart, priced.value.cart.lines);
    if (changes.length > 0) return err(this.#showingPrices(checkout, priced.value, pricesChanged(changes, cart)));
    const isDearer = priced.value.savings.amountMinor < cart.savingsMinor;
    if (isDearer) return err(this.#showingPrices(checkout, priced.value, discountChanged(cart, priced.value)));
    const isTaxedMore = priced.value.taxAdjustment.amountMinor > cart.taxAdjustmentMinor;
    if (isTaxedMore) return err(this.#showingPrices(checkout, priced.value, taxChanged(priced.value)));
    const agreement = agreementOf(priced.value, randomUUID);
    if (!agreement) return err(answered(checkout, shippingMethodGone()));
    // A logged-in customer may order a cart that was filled before the login.
    const customerId = agreement.customerId ?? customerIdOf(ctx);
    return this.#agree(ctx, checkout, { ...agreement, customerId });
  }

  /** Adds the agreement to the checkout and claims the uses of its promotions. Fails when another order took the last use meanwhile. */
  async #agree(ctx: RequestContext, checkout: Checkout, agreement: OrderAgreement): Promise<Step> {
    const { email, discounts = [] } = agreement;
    const agreedOn = advance(checkout, 'PRICED', { agreement });
    if (discounts.length === 0) return ok(agreedOn);
    const use = { orderId: checkout.orderId, email, promotionIds: discounts.map((each) => each.promotionId) };
    try {
      await this.#dependencies.journal.record(ctx, { ...checkout, state: STORED_WHILE_RUNNING }, async (tx) => {
        if (!(await claimUses(tx, use))) throw new PromotionUsedUpError();
      });
      return ok(agreedOn);
    } catch (error) {
      if (error instanceof PromotionUsedUpError) return err(answered(checkout, promotionUsedUp()));
      throw error;
    }
  }

  #showingPrices(checkout: Checkout, priced: PricedCart, refusal: CheckoutRefusal): CheckoutFailure {
    return { ...answered(checkout, refusal), alongside: (tx) => this.#showPrices(tx, priced) };
  }

  async #showPrices(tx: OrdersTransaction, priced: PricedCart): Promise<void> {
    const { carts } = this.#dependencies;
    const current = await carts.lockForCheckout(tx, priced.cart.id);
    if (current?.status === 'ACTIVE') carts.reprice(tx, current, priced);
  }

  async #reserve(ctx: RequestContext, checkout: Checkout, cart: Cart): Promise<Step> {
    const { journal } = this.#dependencies;
    const reply = await journal.ask(ctx, checkout, ReserveStock, reservationRequest(checkout));
    if (!reply) return err(unanswered(checkout));
    if (!reply.ok) return err(answered(checkout, stockRefused(reply.error, cart)));
    const { allocations } = reply.value;
    return ok(advance(checkout, 'RESERVED', { allocations }));
  }

  async #authorize(ctx: RequestContext, checkout: Checkout, paymentMethod: PaymentMethod): Promise<Step> {
    const { journal } = this.#dependencies;
    if (agreed(checkout).totals.total.amountMinor === 0) return ok(checkout);
    const claimed = await this.#dependencies.attempts.claim(ctx, checkout.id);
    if (!claimed.ok) return err(answered(checkout, [claimed.error]));
    const reply = await journal.ask(ctx, checkout, AuthorizePayment, authorizationRequest(checkout, paymentMethod));
    if (!reply) return err({ ...unanswered(checkout), alongside: (tx) => releasePlace(tx, checkout.id) });
    return reply.ok ? ok(await this.#paid(ctx, checkout, reply.value)) : err(unpaid(ctx, checkout, reply.error));
  }

  async #confirmed(ctx: RequestContext, waiting: Checkout, gaveUp: boolean): Promise<Step> {
    const { journal, clock } = this.#dependencies;
    const checkout =
      waiting.state === 'CONFIRMING' ? waiting : await journal.record(ctx, advance(waiting, 'CONFIRMING'));
    const reply = await journal.ask(ctx, checkout, ConfirmPayment, { paymentId: checkout.id });
    if (reply && !reply.ok) return err(unpaid(ctx, checkout, reply.error));
    if (reply?.ok && reply.value.status !== 'PENDING') return ok(await this.#paid(ctx, checkout, reply.value));
    const isOver = gaveUp || !checkout.wait || Date.parse(checkout.wait.until) <= clock.now().getTime();
    if (isOver) return err({ ...unanswered(checkout), refusal: paymentNotFinished() });
    return ok(await journal.record(ctx, advance(checkout, 'AWAITING_PAYMENT')));
  }

  /** Records the reply of the payments subgraph: the money is authorized, or the buyer must act first. */
  async #paid(ctx: RequestContext, checkout: Checkout, answer: PaymentFacts | WaitingPayment): Promise<Checkout> {
    const { journal, clock } = this.#dependencies;
    if (answer.status !== 'PENDING') return advance(checkout, 'AUTHORIZED', { payment: answer });
    const until = new Date(clock.now().getTime() + PAYMENT_WAIT_SECONDS * 1000).toISOString();
    const wait = { action: answer.action, until };
    // The buyer may need minutes to authenticate. Meanwhile the payment does not count as a running authorization of the client's IP
    // address.
    return journal.record(ctx, advance(checkout, 'AWAITING_PAYMENT', { wait }), (tx) => releasePlace(tx, checkout.id));
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

  /** Confirms a placed order. When a command gets no reply, the recovery job completes the confirmation later. */
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

type PaymentError = Parameters<typeof paymentRefused>[0];

function unpaid(ctx: RequestContext, checkout: Checkout, error: PaymentError): CheckoutFailure {
  const isDeclined = error.code === 'PAYMENT_DECLINED';
  // The decline is counted in the transaction that stores the outcome. A crash therefore cannot lose the count of a decline that the buyer
  // has seen.
  const count = async (tx: OrdersTransaction) => {
    if (isDeclined) await countAttempts(tx, declineOf(ctx, checkout.cartId));
    await releasePlace(tx, checkout.id);
  };
  return { ...answered(checkout, paymentRefused(error)), alongside: count };
}

/** The failure of a checkout whose last command was refused. That command has not reserved stock or authorized money. */
function answered(checkout: Checkout, refusal: CheckoutRefusal): CheckoutFailure {
  return { checkout, refusal, compensations: compensationsOf(checkout.state, 'ANSWERED') };
}

/** The failure of a checkout whose last command got no reply. That command may have been carried out, so it is compensated too. */
function unanswered(checkout: Checkout): CheckoutFailure {
  return { checkout, refusal: unavailable(), compensations: compensationsOf(checkout.state, 'UNANSWERED') };
}
