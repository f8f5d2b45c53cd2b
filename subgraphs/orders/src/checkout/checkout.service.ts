import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Failure, type Result } from '@souk/kit/domain';
import { checkIdempotencyKey } from '@souk/kit/persistence';
import { secondsToWait } from '../brake/attempt-count.repository.ts';
import { tooManyAttempts } from '../brake/brake.errors.ts';
import { declineOf } from '../brake/brake.policy.ts';
import type { CartCheckout } from '../cart/cart-checkout.service.ts';
import { cartBeingOrdered, cartNotFound } from '../cart/cart.errors.ts';
import type { Cart } from '../cart/cart.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import type { OrderView } from '../order/order-details.loader.ts';
import type { OrderService } from '../order/order.service.ts';
import type { CheckoutSaga } from './checkout-saga.service.ts';
import { keyReused, unavailable } from './checkout.errors.ts';
import { checkoutRefusals } from './checkout.policy.ts';
import { findCheckout, findCheckoutByKey, findRunningCheckout, insertCheckout } from './checkout.repository.ts';
import { outcomeOf, startCheckout, type Checkout, type CheckoutOutcome, type PaymentMethod } from './checkout.ts';

/** The input of `checkoutComplete`. */
export interface CheckoutRequest {
  readonly cartId: string;
  readonly payment: PaymentMethod;
  /** The expected version of the cart. It is checked when a checkout begins, and is not part of the idempotency fingerprint. */
  readonly expectedVersion?: number | null;
  readonly idempotencyKey?: string | null;
}

/** The order that this request placed, or that an earlier request with the same idempotency key placed. */
export interface PlacedOrder {
  readonly order: OrderView;
  readonly accessToken: string;
}

type Failures = readonly Failure[];
type Beginning =
  /** The cart already became an order. */
  | { readonly kind: 'ORDERED'; readonly orderId: string }
  | { readonly kind: 'STARTED'; readonly checkout: Checkout; readonly cart: Cart }
  | { readonly kind: 'KNOWN'; readonly checkout: Checkout };

export interface CheckoutServiceDependencies {
  readonly unitOfWork: OrdersUnitOfWork;
  readonly saga: Pick<CheckoutSaga, 'run'>;
  readonly carts: CartCheckout;
  readonly orders: OrderService;
  /**
   * How long a repeated request waits for the first request, in milliseconds. Afterwards the repeated request gets CHECKOUT_IN_PROGRESS.
   * @default 8000
   */
  readonly patienceMs?: number;
}

const LOOK_EVERY_MS = 100;

/** The entry point of the saga. A cart has one checkout at a time. An idempotency key has one checkout for as long as the cart is kept. */
export class CheckoutService {
  readonly #dependencies: CheckoutServiceDependencies;

  constructor(dependencies: CheckoutServiceDependencies) {
    this.#dependencies = dependencies;
  }

  async complete(ctx: RequestContext, request: CheckoutRequest): Promise<Result<PlacedOrder, Failures>> {
    const placed = await this.#complete(ctx, request);
    if (!placed.ok) return placed;
    const { orders } = this.#dependencies;
    const order = await orders.load(ctx, placed.value);
    if (!order) throw new Error(`Order ${placed.value} of a checkout is gone`); // orders are never deleted
    return ok({ order, accessToken: orders.tokenFor(ctx, order) });
  }

  /** @returns the id of the order */
  async #complete(ctx: RequestContext, request: CheckoutRequest): Promise<Result<string, Failures>> {
    const valid = typeof request.idempotencyKey === 'string' && checkIdempotencyKey(ctx, request.idempotencyKey);
    if (valid && !valid.ok) return err([valid.error]);
    const begun = await this.#dependencies.unitOfWork.run(ctx, (tx) => this.#begin(tx, request));
    if (!begun.ok) return begun;
    if (begun.value.kind === 'ORDERED') return ok(begun.value.orderId);
    const { checkout } = begun.value;
    return answerOf(
      begun.value.kind === 'STARTED'
        ? await this.#dependencies.saga.run(ctx, checkout, begun.value.cart, request.payment)
        : await this.#waitFor(ctx, checkout),
    );
  }

  async #begin(tx: OrdersTransaction, request: CheckoutRequest): Promise<Result<Beginning, Failures>> {
    const { cartId } = request;
    const idempotencyKey = request.idempotencyKey ?? null;
    const fingerprint = fingerprintOf(request);
    // The cart is locked first. A repeated request waits here until the first request has recorded its start, and then finds the record.
    const cart = await this.#dependencies.carts.lockForCheckout(tx, cartId);
    if (!cart) return err([cartNotFound()]);
    const known = idempotencyKey === null ? null : await findCheckoutByKey(tx, cartId, idempotencyKey);
    if (known) return known.fingerprint === fingerprint ? ok({ kind: 'KNOWN', checkout: known }) : err([keyReused()]);
    // The owner of the cart may have lost the response, and with it the token that opens the order.
    const orderId = cart.status === 'COMPLETED' ? await this.#dependencies.carts.orderOf(tx, cartId) : null;
    if (orderId !== null) return ok({ kind: 'ORDERED', orderId });
    const refusals = checkoutRefusals(cart, request.expectedVersion);
    if (refusals.length > 0) return err(refusals);
    if (await findRunningCheckout(tx, cartId)) return err([cartBeingOrdered()]);
    const wait = await secondsToWait(tx, declineOf(tx.ctx, cartId));
    if (wait > 0) return err([tooManyAttempts('Payments were declined', wait, ['payment', 'token'])]);
    const ids = { id: randomUUID(), orderId: randomUUID(), lease: randomUUID() };
    const checkout = startCheckout(ids, { cartId, idempotencyKey, fingerprint });
    await insertCheckout(tx, checkout);
    return ok({ kind: 'STARTED', checkout, cart });
  }

  /** Waits for the outcome of a checkout that another request runs. */
  async #waitFor(ctx: RequestContext, known: Checkout): Promise<CheckoutOutcome | null> {
    const lastLook = performance.now() + (this.#dependencies.patienceMs ?? 8000);
    for (let checkout: Checkout | null = known; checkout;) {
      const outcome = outcomeOf(checkout);
      if (outcome || performance.now() > lastLook) return outcome;
      await sleep(LOOK_EVERY_MS);
      checkout = await this.#dependencies.unitOfWork.read(ctx, (tx) => findCheckout(tx, known.id));
    }
    return null;
  }
}

function answerOf(outcome: CheckoutOutcome | null): Result<string, Failures> {
  switch (outcome?.kind) {
    case 'ORDERED':
      return ok(outcome.orderId);
    case 'REFUSED':
      return err(outcome.refusal);
    case 'LOST':
      return err(unavailable());
    case undefined:
      return err([cartBeingOrdered()]);
  }
}

/** A digest of the request. The payment token cannot be recovered from the digest. */
function fingerprintOf({ cartId, payment }: CheckoutRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([cartId, payment.provider, payment.token]))
    .digest('base64url');
}
