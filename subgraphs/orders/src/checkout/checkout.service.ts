import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Failure, type Result } from '@souk/kit/domain';
import { checkIdempotencyKey } from '@souk/kit/persistence';
import { secondsToWait } from '../attempt-limit/attempt-count.repository.ts';
import { declineOf } from '../attempt-limit/attempt-limit.policy.ts';
import { tooManyDeclines } from '../attempt-limit/payment-attempts.service.ts';
import type { CartCheckout } from '../cart/cart-checkout.service.ts';
import { cartBeingOrdered, cartNotFound } from '../cart/cart.errors.ts';
import type { Cart } from '../cart/cart.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import type { OrderView } from '../order/order-details.loader.ts';
import type { OrderService } from '../order/order.service.ts';
import type { CheckoutSaga } from './checkout-saga.service.ts';
import { keyReused, unavailable } from './checkout.errors.ts';
import { checkoutRefusals } from './checkout.policy.ts';
import {
  findCheckout,
  findCheckoutByKey,
  findRunningCheckout,
  insertCheckout,
  takeOverWaiting,
} from './checkout.repository.ts';
import {
  outcomeOf,
  startCheckout,
  type Checkout,
  type CheckoutOutcome,
  type CheckoutWait,
  type PaymentMethod,
} from './checkout.ts';

/** Input of the mutation `checkoutComplete`. */
export interface CheckoutRequest {
  readonly cartId: string;
  readonly payment: PaymentMethod;
  /** The expected version of the cart. It is checked when a checkout begins. It is not part of the idempotency fingerprint. */
  readonly expectedVersion?: number | null;
  readonly idempotencyKey?: string | null;
}

/** The placed order. A repetition with the same idempotency key returns the same order. */
export interface PlacedOrder {
  readonly order: OrderView;
  readonly accessToken: string;
}

/** The outcome of a checkout without user errors: the order, or the action that the buyer must take at the payment provider. */
export type CheckoutResult = PlacedOrder | { readonly wait: CheckoutWait };

type Failures = readonly Failure[];
type Beginning =
  /** The cart already became an order. */
  | { readonly kind: 'ORDERED'; readonly orderId: string }
  | { readonly kind: 'STARTED'; readonly checkout: Checkout; readonly cart: Cart }
  /** The checkout waits for its payment, and the buyer has returned from the provider. This request obtains the outcome. */
  | { readonly kind: 'RETURNED'; readonly checkout: Checkout }
  | { readonly kind: 'KNOWN'; readonly checkout: Checkout };

export interface CheckoutServiceDependencies {
  readonly unitOfWork: OrdersUnitOfWork;
  readonly saga: Pick<CheckoutSaga, 'run' | 'resume'>;
  readonly carts: CartCheckout;
  readonly orders: OrderService;
  /**
   * How long a repeated request waits for the first request, in milliseconds. Afterwards it fails with CHECKOUT_IN_PROGRESS.
   * @default 8000
   */
  readonly patienceMs?: number;
}

const LOOK_EVERY_MS = 100;

/**
 * Starts and continues checkouts. A cart has at most one running checkout. An idempotency key of a cart stays bound to its checkout as long
 * as the cart exists.
 */
export class CheckoutService {
  readonly #dependencies: CheckoutServiceDependencies;

  constructor(dependencies: CheckoutServiceDependencies) {
    this.#dependencies = dependencies;
  }

  async complete(ctx: RequestContext, request: CheckoutRequest): Promise<Result<CheckoutResult, Failures>> {
    const valid = typeof request.idempotencyKey === 'string' && checkIdempotencyKey(ctx, request.idempotencyKey);
    if (valid && !valid.ok) return err([valid.error]);
    const begun = await this.#dependencies.unitOfWork.run(ctx, (tx) => this.#begin(tx, request));
    return begun.ok ? this.#answer(ctx, await this.#outcomeOf(ctx, begun.value, request)) : begun;
  }

  /**
   * Cancels a checkout that waits for its payment. Stock and money are released, and the cart can change again. When the payment has
   * succeeded meanwhile, the order is placed instead.
   */
  async cancel(ctx: RequestContext, cartId: string): Promise<Result<CheckoutResult | null, Failures>> {
    const { unitOfWork, carts, saga } = this.#dependencies;
    const found = await unitOfWork.run(ctx, async (tx): Promise<Result<Beginning | null, Failures>> => {
      const cart = await carts.lockForCheckout(tx, cartId);
      if (!cart) return err([cartNotFound()]);
      const orderId = cart.status === 'COMPLETED' ? await carts.orderOf(tx, cartId) : null;
      if (orderId !== null) return ok({ kind: 'ORDERED', orderId });
      const running = await findRunningCheckout(tx, cartId);
      if (!running) return ok(null);
      const checkout = await takeOverWaiting(tx, running.id, randomUUID());
      return checkout ? ok({ kind: 'RETURNED', checkout }) : err([cartBeingOrdered()]);
    });
    if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
    if (found.value.kind === 'ORDERED') return this.#answer(ctx, found.value);
    const outcome = await saga.resume(ctx, found.value.checkout, true);
    return isGivenUp(outcome) ? ok(null) : this.#answer(ctx, outcome);
  }

  #outcomeOf(ctx: RequestContext, begun: Beginning, request: CheckoutRequest): Promise<CheckoutOutcome | null> {
    const { saga } = this.#dependencies;
    switch (begun.kind) {
      case 'ORDERED':
        return Promise.resolve(begun);
      case 'STARTED':
        return saga.run(ctx, begun.checkout, begun.cart, request.payment);
      case 'RETURNED':
        return saga.resume(ctx, begun.checkout);
      case 'KNOWN':
        return this.#waitFor(ctx, begun.checkout);
    }
  }

  async #answer(ctx: RequestContext, outcome: CheckoutOutcome | null): Promise<Result<CheckoutResult, Failures>> {
    const answer = answerOf(outcome);
    if (!answer.ok || typeof answer.value !== 'string') return answer as Result<CheckoutResult, Failures>;
    const { orders } = this.#dependencies;
    const order = await orders.load(ctx, answer.value);
    if (!order) throw new Error(`Order ${answer.value} of a checkout is gone`); // orders are never deleted
    return ok({ order, accessToken: orders.tokenFor(ctx, order) });
  }

  async #begin(tx: OrdersTransaction, request: CheckoutRequest): Promise<Result<Beginning, Failures>> {
    const { cartId } = request;
    const idempotencyKey = request.idempotencyKey ?? null;
    const fingerprint = fingerprintOf(request);
    // The lock comes first. A concurrent repetition of the request waits for the lock. The next statement of the repetition then reads the
    // checkout that the first request inserted. All statements are sent in one round trip, and Postgres runs the later statements after the
    // lock is acquired.
    const [cart, known, running, wait] = await Promise.all([
      this.#dependencies.carts.lockForCheckout(tx, cartId),
      idempotencyKey === null ? null : findCheckoutByKey(tx, cartId, idempotencyKey),
      findRunningCheckout(tx, cartId),
      secondsToWait(tx, declineOf(tx.ctx, cartId)),
    ]);
    if (!cart) return err([cartNotFound()]);
    if (known) return known.fingerprint === fingerprint ? ok(await returnTo(tx, known)) : err([keyReused()]);
    // The client may have lost the response of the first request, including the order's access token. A client that knows the cart's id may
    // receive the order again.
    const orderId = cart.status === 'COMPLETED' ? await this.#dependencies.carts.orderOf(tx, cartId) : null;
    if (orderId !== null) return ok({ kind: 'ORDERED', orderId });
    const refusals = checkoutRefusals(cart, request.expectedVersion);
    if (refusals.length > 0) return err(refusals);
    // The buyer may return from the provider's page without the idempotency key of the first request.
    if (running?.state === 'AWAITING_PAYMENT' && running.fingerprint === fingerprint)
      return ok(await returnTo(tx, running));
    if (running) return err([cartBeingOrdered()]);
    if (wait > 0) return err([tooManyDeclines(wait)]);
    const ids = { id: randomUUID(), orderId: randomUUID(), lease: randomUUID() };
    const checkout = startCheckout(ids, { cartId, idempotencyKey, fingerprint });
    insertCheckout(tx, checkout);
    return ok({ kind: 'STARTED', checkout, cart });
  }

  /** Polls the checkout that another request runs, until it has an outcome. Null when the wait exceeds `patienceMs`. */
  async #waitFor(ctx: RequestContext, known: Checkout): Promise<CheckoutOutcome | null> {
    const lastLook = performance.now() + (this.#dependencies.patienceMs ?? 8000);
    for (let checkout: Checkout | null = known; checkout;) {
      const outcome = outcomeOf(checkout);
      if (outcome || performance.now() > lastLook) return outcome;
      await sleep(LOOK_EVERY_MS);
      checkout = await this.#dependencies.unitOfWork.quickRead(ctx, (tx) => findCheckout(tx, known.id));
    }
    return null;
  }
}

/** Takes over the waiting checkout in order to request its payment's outcome, unless another request is doing so. */
async function returnTo(tx: OrdersTransaction, known: Checkout): Promise<Beginning> {
  const waiting = known.state === 'AWAITING_PAYMENT' ? await takeOverWaiting(tx, known.id, randomUUID()) : null;
  return waiting ? { kind: 'RETURNED', checkout: waiting } : { kind: 'KNOWN', checkout: known };
}

function isGivenUp(outcome: CheckoutOutcome): boolean {
  return outcome.kind === 'REFUSED' && outcome.refusal.some(({ code }) => code === 'PAYMENT_NOT_FINISHED');
}

/** @returns the order's id, or the wait for the payment */
function answerOf(outcome: CheckoutOutcome | null): Result<string | { readonly wait: CheckoutWait }, Failures> {
  switch (outcome?.kind) {
    case 'ORDERED':
      return ok(outcome.orderId);
    case 'WAITING':
      return ok({ wait: outcome.wait });
    case 'REFUSED':
      return err(outcome.refusal);
    case 'LOST':
      return err(unavailable());
    case undefined:
      return err([cartBeingOrdered()]);
  }
}

/** SHA-256 of the request. The digest does not reveal the payment token. */
function fingerprintOf({ cartId, payment }: CheckoutRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([cartId, payment.provider, payment.token ?? null]))
    .digest('base64url');
}
