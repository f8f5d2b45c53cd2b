import { randomUUID } from 'node:crypto';
import { channelOf, companyOf, customerIdOf, type RequestContext } from '@souk/kit/context';
import { err, ok, tooManyAttempts, type Failure, type Result } from '@souk/kit/domain';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { mutate, type MutationInput } from '@souk/kit/persistence';
import { countAttempts } from '../attempt-limit/attempt-count.repository.ts';
import { codeEntryOf } from '../attempt-limit/attempt-limit.policy.ts';
import type { RemarksChange } from '../custom-attribute/custom-attribute.ts';
import { canonicalCode } from '../promotion/discount-code.ts';
import { findPossibleGifts } from '../promotion/promotion.repository.ts';
import { findOrderSettings } from '../settings/order-settings.repository.ts';
import {
  changeable,
  chosen,
  knownCodes,
  openCart,
  setAddresses,
  setDiscountCodes,
  settled,
  setRemarks,
  setTaxId,
  type CartAddresses,
  type Settle,
} from './cart-changes.ts';
import { MAX_GIFTS, withGifts, type GiftOffer } from './cart-gifts.ts';
import {
  addLines,
  removeLines,
  repriceLines,
  updateLines,
  type CatalogAnswer,
  type LineDemand,
  type LineQuantity,
} from './cart-lines.ts';
import type { CartOffer, CartOffers } from './cart-offers.service.ts';
import { NO_TERMS, priceCart } from './cart-pricing.ts';
import { findCartTerms } from './cart-terms.repository.ts';
import { saveSettled } from './cart-saving.service.ts';
import { cartBeingOrdered, draftNotChangeable, shippingMethodNotAvailable } from './cart.errors.ts';
import { findCart, insertCart, isBeingOrdered, lockCart } from './cart.repository.ts';
import type { Cart, CartWarning, ChangedCart, PricedCart } from './cart.ts';
import { findCustomerCart, lockCustomerCart } from './customer-cart.repository.ts';
import type { StockDemand, StockWarnings } from './stock-warnings.service.ts';

type Failures = Failure | readonly Failure[];
/** The changed cart, or the user errors of the change. */
export type CartResult = Result<PricedCart, Failures>;
/** The changed cart with stock warnings, or the user errors of the change. */
export type CartLinesResult = Result<ChangedCart, Failures>;

/** The input that all changes of a cart share. */
export interface CartChange extends MutationInput {
  readonly cartId: string;
  /** The change fails when the cart has another version. */
  readonly expectedVersion?: number | null;
}

export interface NewCart extends MutationInput {
  readonly lines?: readonly LineDemand[] | null;
  /** @default the tenant's currency */
  readonly currencyCode?: string | null;
}

/** The failure of a change whose shipping method was deleted concurrently. */
const METHOD_DELETED = { cart_shipping_method_fk: shippingMethodNotAvailable() };

/** Creates, reads and changes carts. A caller that knows the id of a cart may use the cart. */
export class CartService {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #offers: CartOffers;
  readonly #warnings: StockWarnings;

  constructor(unitOfWork: OrdersUnitOfWork, offers: CartOffers, warnings: StockWarnings) {
    this.#unitOfWork = unitOfWork;
    this.#offers = offers;
    this.#warnings = warnings;
  }

  /** The cart with the saved prices, which the buyer saw last. Null when the cart is unknown. Reads only the database. */
  find(ctx: RequestContext, id: string): Promise<PricedCart | null> {
    return this.#unitOfWork.read(ctx, async (tx) => {
      const cart = await findCart(tx, id);
      return cart && priceCart(cart, await findCartTerms(tx, cart));
    });
  }

  /** The carts with the saved prices, by id. The statements of all carts are sent together. */
  findMany(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, PricedCart>> {
    return this.#unitOfWork.read(ctx, async (tx) => {
      const carts = (await Promise.all(ids.map((id) => findCart(tx, id)))).filter((cart) => cart !== null);
      const terms = await Promise.all(carts.map((cart) => findCartTerms(tx, cart)));
      return new Map(carts.map((cart, index) => [cart.id, priceCart(cart, terms[index] ?? NO_TERMS)]));
    });
  }

  /** The active cart of the calling customer. Null when the customer has none or the caller is not a customer. */
  async findOwn(ctx: RequestContext): Promise<PricedCart | null> {
    const customerId = customerIdOf(ctx);
    if (customerId === null) return null;
    const id = await this.#unitOfWork.quickRead(ctx, (tx) => findCustomerCart(tx, customerId));
    return id === null ? null : this.find(ctx, id);
  }

  /** One warning for each line with more units than can be sold now. */
  warningsOf(ctx: RequestContext, cartId: string, lines: readonly StockDemand[]): Promise<readonly CartWarning[]> {
    return this.#warnings.of(ctx, cartId, lines);
  }

  /**
   * Opens a cart, with the VAT id of the buyer's company. It belongs to the calling customer, unless the customer already has an active
   * cart.
   */
  async create(ctx: RequestContext, input: NewCart): Promise<CartLinesResult> {
    const demands = input.lines ?? [];
    const [settings, possible] = await this.#unitOfWork.quickRead(ctx, (tx) =>
      Promise.all([findOrderSettings(tx), findPossibleGifts(tx, [], MAX_GIFTS)]),
    );
    const currency = input.currencyCode ?? settings.defaultCurrency;
    const empty = openCart(randomUUID(), { currency, locale: ctx.locale, channelId: channelOf(ctx) });
    const outline = { ...empty, countryCode: null, variantIds: demands.map((line) => line.variantId) };
    const offer = await this.#offers.ask(ctx, outline, possible);
    const mutation = { scope: null, operation: 'cartCreate', input };
    const created = await mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<CartResult> => {
      if (!offer.ok) return offer;
      const added = addLines(empty, demands, offer.value, randomUUID);
      if (!added.ok) return added;
      const taxId = companyOf(ctx)?.vatId ?? null;
      const owned = { ...added.value, taxId, customerId: await newOwner(tx) };
      const cart = withGifts(owned, offer.value.gifts, randomUUID);
      const priced = priceCart(cart, await findCartTerms(tx, cart));
      insertCart(tx, { ...cart, savingsMinor: priced.savings.amountMinor });
      return ok(priced);
    });
    return this.#warned(ctx, created, []);
  }

  async addLines(ctx: RequestContext, input: CartChange & { lines: readonly LineDemand[] }): Promise<CartLinesResult> {
    const added = input.lines.map((line) => line.variantId);
    return this.#changeLines(ctx, 'cartLinesAdd', input, added, (cart, offer) =>
      addLines(cart, input.lines, offer, randomUUID),
    );
  }

  async updateLines(
    ctx: RequestContext,
    input: CartChange & { lines: readonly LineQuantity[] },
  ): Promise<CartLinesResult> {
    return this.#changeLines(ctx, 'cartLinesUpdate', input, [], (cart, offer) => updateLines(cart, input.lines, offer));
  }

  async removeLines(ctx: RequestContext, input: CartChange & { lineIds: readonly string[] }): Promise<CartLinesResult> {
    return this.#changeLines(ctx, 'cartLinesRemove', input, [], (cart, offer) =>
      removeLines(cart, input.lineIds, offer),
    );
  }

  /** Sets the addresses. When the country changes, the lines get the prices of the new country. */
  async setAddresses(ctx: RequestContext, input: CartChange, addresses: CartAddresses): Promise<CartResult> {
    const prices = await this.#pricesIn(ctx, input.cartId, addresses.shippingAddress?.countryCode ?? null);
    return this.#change(ctx, 'cartAddressSet', { ...input, ...addresses }, (cart) => {
      const moved = setAddresses(cart, addresses);
      return moved.ok && prices ? ok(repriceLines(moved.value, prices)) : moved;
    });
  }

  /** Sets or removes the buyer's VAT id. @param taxId as the buyer entered it */
  setTaxId(ctx: RequestContext, input: CartChange, taxId: string | null): Promise<CartResult> {
    const change = { ...input, taxId };
    return this.#change(ctx, 'cartTaxIdSet', change, (cart) => setTaxId(cart, taxId));
  }

  /** Changes the buyer's note, the purchase order number and the attributes. An absent field keeps its value. */
  setRemarks(ctx: RequestContext, input: CartChange & RemarksChange): Promise<CartResult> {
    return this.#change(ctx, 'cartRemarksSet', input, (cart) => setRemarks(cart, input));
  }

  setShippingMethod(ctx: RequestContext, input: CartChange & { shippingMethodId: string }): Promise<CartResult> {
    const { shippingMethodId } = input;
    return this.#change(ctx, 'cartShippingMethodSet', input, (cart) => ok({ ...cart, shippingMethodId }), chosen);
  }

  /**
   * Replaces the discount codes of a cart. A code that does not apply stays in the cart with the reason. Fails for a code without a
   * promotion. Attempts are limited, which prevents guessing of codes.
   */
  async setDiscountCodes(ctx: RequestContext, input: CartChange & { codes: readonly string[] }): Promise<CartResult> {
    if (input.codes.length > 0) {
      const attempts = codeEntryOf(ctx, input.cartId);
      const wait = await this.#unitOfWork.run(ctx, (tx) => countAttempts(tx, attempts));
      if (wait > 0) return err(tooManyAttempts('Discount codes were entered', wait, ['codes']));
    }
    const codes = input.codes.map(canonicalCode);
    const gifts = await this.#offers.giftsForCodes(ctx, input.cartId, codes);
    const decide = (cart: Cart) => {
      if (cart.draftOrderId !== null) return err(draftNotChangeable());
      return gifts.ok ? ok(withCodes(cart, input.codes, gifts.value)) : gifts;
    };
    return this.#change(ctx, 'cartDiscountCodesSet', input, decide, knownCodes(input.codes));
  }

  /** Adds the current stock warnings to the result, also for a repeated call whose result was stored. @param before the earlier SKUs */
  async #warned(ctx: RequestContext, changed: CartResult, before: readonly string[]): Promise<CartLinesResult> {
    if (!changed.ok) return changed;
    return ok({ ...changed.value, warnings: await this.#warnings.afterChange(ctx, changed.value.cart, before) });
  }

  /**
   * Loads the prices of another country. Null when the country does not change or the catalog does not reply. When the catalog does not
   * reply, the checkout later finds the price difference.
   */
  async #pricesIn(ctx: RequestContext, cartId: string, countryCode: string | null): Promise<CatalogAnswer | null> {
    if (countryCode === null) return null;
    const prices = await this.#offers.inCountry(ctx, cartId, countryCode);
    return prices?.ok ? prices.value : null;
  }

  /** Loads current prices and gifts, then changes the cart. @param added variants that may not be in the cart yet */
  async #changeLines(
    ctx: RequestContext,
    operation: string,
    input: CartChange,
    added: readonly string[],
    decide: (cart: Cart, offer: CartOffer) => Result<Cart, Failures>,
  ): Promise<CartLinesResult> {
    const offer = await this.#offers.forCart(ctx, input.cartId, added);
    let before: readonly string[] = [];
    const changed = await this.#change(ctx, operation, input, (cart) => {
      before = cart.lines.map(({ sku }) => sku);
      if (cart.draftOrderId !== null) return err(draftNotChangeable());
      if (!offer.ok) return offer;
      const decided = decide(cart, offer.value);
      return decided.ok ? ok(withGifts(decided.value, offer.value.gifts, randomUUID)) : decided;
    });
    return this.#warned(ctx, changed, before);
  }

  /**
   * Locks, changes, prices and saves the cart in one transaction. Concurrent changes of a cart run one after the other, so no change is
   * lost.
   */
  #change(
    ctx: RequestContext,
    operation: string,
    input: CartChange,
    decide: (cart: Cart) => Result<Cart, Failures>,
    settle: Settle = settled,
  ): Promise<CartResult> {
    const mutation = { scope: null, operation, input, uniqueViolations: METHOD_DELETED };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<CartResult> => {
      const [locked, isOrdered] = await Promise.all([lockCart(tx, input.cartId), isBeingOrdered(tx, input.cartId)]);
      const cart = changeable(locked, input.expectedVersion);
      if (!cart.ok) return cart;
      // A checkout locks the same row before it starts, so the cart cannot change while a checkout orders it.
      if (isOrdered) return err(cartBeingOrdered());
      const changed = decide(cart.value);
      return changed.ok ? saveSettled(tx, cart.value, changed.value, settle) : changed;
    });
  }
}

/** The customer id of a new cart. Null when the caller is not a customer or already has a cart. */
async function newOwner(tx: OrdersTransaction): Promise<string | null> {
  const customerId = customerIdOf(tx.ctx);
  return customerId !== null && (await lockCustomerCart(tx, customerId)) === null ? customerId : null;
}

function withCodes(cart: Cart, codes: readonly string[], gifts: readonly GiftOffer[]): Cart {
  return withGifts(setDiscountCodes(cart, codes), gifts, randomUUID);
}
