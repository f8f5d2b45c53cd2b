import { randomUUID } from 'node:crypto';
import { channelOf, requireScope, type RequestContext } from '@souk/kit/context';
import { err, ok, type Clock, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { changeable, chosen, openCart, settled } from '../cart/cart-changes.ts';
import { MAX_GIFTS, withGifts } from '../cart/cart-gifts.ts';
import { replaceLines, repriceLines } from '../cart/cart-lines.ts';
import type { CartOffer, CartOffers } from '../cart/cart-offers.service.ts';
import { priceCart } from '../cart/cart-pricing.ts';
import { saveSettled } from '../cart/cart-saving.service.ts';
import { findCartTerms } from '../cart/cart-terms.repository.ts';
import { cartBeingOrdered } from '../cart/cart.errors.ts';
import { closeCarts, findCart, insertCart, isBeingOrdered, lockCart } from '../cart/cart.repository.ts';
import type { Cart } from '../cart/cart.ts';
import type { CheckoutResult, CheckoutService } from '../checkout/checkout.service.ts';
import type { PaymentMethod } from '../checkout/checkout.ts';
import { OrdersRead, OrdersWrite } from '../contract.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { findPossibleGifts } from '../promotion/promotion.repository.ts';
import { findOrderSettings } from '../settings/order-settings.repository.ts';
import { draftNotFound } from './draft-order.errors.ts';
import { draftChanged } from './draft-order.events.ts';
import { changeBuyer, expiryOf, openDraft, staffDemands, type BuyerChange, type EnteredLine } from './draft-order.ts';
import {
  deleteDraft,
  findDraft,
  findDraftPage,
  insertDraft,
  saveExpiry,
  type DraftOrderFilter,
  type DraftOrderRecord,
} from './draft-order.repository.ts';

type Failures = Failure | readonly Failure[];
export type DraftResult = Result<DraftOrderRecord | null, Failures>;

export interface NewDraft extends MutationInput {
  readonly lines?: readonly EnteredLine[] | null;
  /** @default the tenant's currency */
  readonly currencyCode?: string | null;
  readonly expiresAt?: Date | null;
}

export interface DraftUpdate extends ChangeInput, BuyerChange {
  readonly shippingMethodId?: string | null;
  readonly expiresAt?: Date | null;
}

export interface DraftLines extends ChangeInput {
  readonly lines: readonly EnteredLine[];
}

export interface DraftCompletion extends ChangeInput {
  readonly payment: PaymentMethod;
}

export interface DraftOrderDependencies {
  readonly unitOfWork: OrdersUnitOfWork;
  readonly offers: CartOffers;
  readonly checkouts: Pick<CheckoutService, 'complete'>;
  readonly clock: Clock;
}

type Decide = (cart: Cart, offer: CartOffer) => Result<Cart, Failures>;

/**
 * Creates, changes and completes draft orders, which staff prepare on a cart. A draft has the version of its cart. Reads require the scope
 * `orders:read`. Changes require the scope `orders:write`. Without the scope the methods throw AccessDeniedError.
 */
export class DraftOrderService {
  readonly #dependencies: DraftOrderDependencies;

  constructor(dependencies: DraftOrderDependencies) {
    this.#dependencies = dependencies;
  }

  /** A page of draft orders, the newest first. */
  page(
    ctx: RequestContext,
    filter: DraftOrderFilter,
    request: PageRequest,
  ): Promise<Result<KeysetPage<DraftOrderRecord>, Failure>> {
    requireScope(ctx, OrdersRead);
    return this.#dependencies.unitOfWork.read(ctx, (tx) => findDraftPage(tx, filter, request));
  }

  find(ctx: RequestContext, id: string): Promise<DraftOrderRecord | null> {
    requireScope(ctx, OrdersRead);
    return this.#load(ctx, id);
  }

  async create(ctx: RequestContext, input: NewDraft): Promise<DraftResult> {
    requireScope(ctx, OrdersWrite);
    const { unitOfWork, offers, clock } = this.#dependencies;
    const demands = staffDemands(input.lines ?? []);
    const [settings, possible] = await unitOfWork.quickRead(ctx, (tx) =>
      Promise.all([findOrderSettings(tx), findPossibleGifts(tx, [], MAX_GIFTS)]),
    );
    const id = randomUUID();
    const currency = input.currencyCode ?? settings.defaultCurrency;
    const empty = {
      ...openCart(randomUUID(), { currency, locale: ctx.locale, channelId: channelOf(ctx) }),
      draftOrderId: id,
    };
    const variantIds = (input.lines ?? []).map((line) => line.variantId);
    const offer = await offers.ask(ctx, { ...empty, countryCode: null, variantIds }, possible);
    const mutation = { scope: OrdersWrite, operation: 'draftOrderCreate', input } as const;
    const created = await mutate(unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failures>> => {
      const expiresAt = expiryOf(input.expiresAt ?? null, clock.now());
      if (!expiresAt.ok) return expiresAt;
      if (!demands.ok) return demands;
      if (!offer.ok) return offer;
      const filled = replaceLines(empty, demands.value, offer.value, randomUUID);
      if (!filled.ok) return filled;
      const cart = withGifts(filled.value, offer.value.gifts, randomUUID);
      const { savings } = priceCart(cart, await findCartTerms(tx, cart));
      insertCart(tx, { ...cart, savingsMinor: savings.amountMinor });
      await insertDraft(tx, { id, cartId: empty.id, expiresAt: expiresAt.value });
      tx.outbox.append([draftChanged(id, 'CREATED')]);
      return ok(id);
    });
    return created.ok ? ok(await this.#load(ctx, created.value)) : created;
  }

  /** Changes the buyer, the addresses, the shipping method and the expiry. */
  update(ctx: RequestContext, input: DraftUpdate): Promise<DraftResult> {
    const { shippingMethodId } = input;
    const decide: Decide = (cart, offer) => {
      const changed = changeBuyer(cart, input);
      if (!changed.ok) return changed;
      const method = shippingMethodId === undefined ? {} : { shippingMethodId };
      return ok({ ...repriceLines(changed.value, offer), ...method });
    };
    return this.#change(ctx, 'draftOrderUpdate', input, [], decide, shippingMethodId ? chosen : settled);
  }

  setLines(ctx: RequestContext, input: DraftLines): Promise<DraftResult> {
    const demands = staffDemands(input.lines);
    const variantIds = input.lines.map(({ variantId }) => variantId);
    return this.#change(ctx, 'draftOrderLinesSet', input, variantIds, (cart, offer) =>
      demands.ok ? replaceLines(cart, demands.value, offer, randomUUID) : demands,
    );
  }

  /** Deletes a draft and closes its cart. @returns the id of the draft */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failures>> {
    const mutation = { scope: OrdersWrite, operation: 'draftOrderDelete', input } as const;
    return mutate(this.#dependencies.unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failures>> => {
      const locked = await lockDraft(tx, input);
      if (!locked.ok) return locked;
      await deleteDraft(tx, input.id);
      await closeCarts(tx, [locked.value.cart.id]);
      tx.outbox.append([draftChanged(input.id, 'DELETED')]);
      return ok(input.id);
    });
  }

  /** Runs the usual checkout for the draft. Staff pay for the buyer, for instance with a card that the buyer reads out on the phone. */
  async complete(ctx: RequestContext, input: DraftCompletion): Promise<Result<CheckoutResult, readonly Failure[]>> {
    requireScope(ctx, OrdersWrite);
    const draft = await this.#load(ctx, input.id);
    if (!draft) return err([draftNotFound()]);
    const { expectedVersion = null, idempotencyKey = null, payment } = input;
    const request = { cartId: draft.cart_id, payment, expectedVersion, idempotencyKey };
    return this.#dependencies.checkouts.complete(ctx, request);
  }

  #load(ctx: RequestContext, id: string): Promise<DraftOrderRecord | null> {
    return this.#dependencies.unitOfWork.quickRead(ctx, (tx) => findDraft(tx, id));
  }

  /** Loads current prices for the changed draft, then changes the draft in one transaction that locks its cart. */
  async #change(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput & BuyerChange & { readonly expiresAt?: Date | null },
    variantIds: readonly string[],
    decide: Decide,
    settle = settled,
  ): Promise<DraftResult> {
    requireScope(ctx, OrdersWrite);
    const { unitOfWork, clock } = this.#dependencies;
    const offer = await this.#offerFor(ctx, input, variantIds);
    const changed = await mutate(
      unitOfWork,
      ctx,
      { scope: OrdersWrite, operation, input },
      async (tx): Promise<Result<string, Failures>> => {
        const locked = await lockDraft(tx, input);
        if (!locked.ok) return locked;
        const { cart, draft } = locked.value;
        const expiresAt = input.expiresAt ? expiryOf(input.expiresAt, clock.now()) : ok(draft.expires_at);
        if (!expiresAt.ok) return expiresAt;
        if (!offer.ok) return offer;
        const decided = decide(cart, offer.value);
        if (!decided.ok) return decided;
        const saved = await saveSettled(tx, cart, withGifts(decided.value, offer.value.gifts, randomUUID), settle);
        if (!saved.ok) return saved;
        await saveExpiry(tx, input.id, expiresAt.value);
        tx.outbox.append([draftChanged(input.id, 'UPDATED')]);
        return ok(input.id);
      },
    );
    return changed.ok ? ok(await this.#load(ctx, input.id)) : changed;
  }

  async #offerFor(
    ctx: RequestContext,
    { id, shippingAddress }: { readonly id: string } & BuyerChange,
    variantIds: readonly string[],
  ): Promise<Result<CartOffer, Failure>> {
    const { unitOfWork, offers } = this.#dependencies;
    const found = await unitOfWork.read(ctx, async (tx) => {
      const draft = await findDraft(tx, id);
      const cart = draft && (await findCart(tx, draft.cart_id));
      return cart && { cart, possible: await findPossibleGifts(tx, cart.discountCodes, MAX_GIFTS) };
    });
    if (!found) return err(draftNotFound());
    const { cart, possible } = found;
    const address = shippingAddress === undefined ? cart.shippingAddress : shippingAddress;
    const wanted = [...cart.lines.map((line) => line.variantId), ...variantIds];
    return offers.ask(ctx, { ...cart, countryCode: address?.countryCode ?? null, variantIds: wanted }, possible);
  }
}

/** Locks the cart of a draft. Fails when the draft is closed, is being paid, or has another version than expected. */
async function lockDraft(
  tx: OrdersTransaction,
  { id, expectedVersion }: ChangeInput,
): Promise<Result<{ readonly draft: DraftOrderRecord; readonly cart: Cart }, Failure>> {
  const cartId = (await findDraft(tx, id))?.cart_id;
  if (cartId === undefined) return err(draftNotFound());
  const [locked, isOrdered, draft] = await Promise.all([
    lockCart(tx, cartId),
    isBeingOrdered(tx, cartId),
    findDraft(tx, id),
  ]);
  if (!draft) return err(draftNotFound());
  const open = openDraft(draft);
  if (!open.ok) return open;
  const cart = changeable(locked, expectedVersion);
  if (!cart.ok) return cart;
  return isOrdered ? err(cartBeingOrdered()) : ok({ draft, cart: cart.value });
}
