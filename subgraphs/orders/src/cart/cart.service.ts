import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Failure, type Result } from '@souk/kit/domain';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { mutate, type MutationInput } from '@souk/kit/persistence';
import { countAttempts } from '../attempt-limit/attempt-count.repository.ts';
import { tooManyAttempts } from '../attempt-limit/attempt-limit.errors.ts';
import { codeEntryOf } from '../attempt-limit/attempt-limit.policy.ts';
import { findOrderSettings } from '../settings/order-settings.repository.ts';
import {
  changeable,
  chosen,
  knownCodes,
  openCart,
  setAddresses,
  setDiscountCodes,
  settled,
  setTaxId,
  type CartAddresses,
  type Settle,
} from './cart-changes.ts';
import { addLines, removeLines, updateLines, type LineDemand, type LineQuantity } from './cart-lines.ts';
import { priceCart } from './cart-pricing.ts';
import { findCartTerms } from './cart-terms.repository.ts';
import { cartBeingOrdered, shippingMethodNotAvailable } from './cart.errors.ts';
import { findCart, findOutline, insertCart, isBeingOrdered, lockCart, saveCart } from './cart.repository.ts';
import type { Cart, CartWarning, ChangedCart, PricedCart } from './cart.ts';
import type { CatalogPrices } from './catalog-prices.service.ts';
import type { StockDemand, StockWarnings } from './stock-warnings.service.ts';

type Failures = Failure | readonly Failure[];
/** The result of a change of a cart. */
export type CartResult = Result<PricedCart, Failures>;
/** The result of a change of lines. */
export type CartLinesResult = Result<ChangedCart, Failures>;

/** The input that all changes of a cart share. */
export interface CartChange extends MutationInput {
  readonly cartId: string;
  /** The expected version. A change of a cart with another version is refused. */
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
  readonly #catalog: CatalogPrices;
  readonly #warnings: StockWarnings;

  constructor(unitOfWork: OrdersUnitOfWork, catalog: CatalogPrices, warnings: StockWarnings) {
    this.#unitOfWork = unitOfWork;
    this.#catalog = catalog;
    this.#warnings = warnings;
  }

  /** The cart with the prices that the buyer saw last. Null when the cart is unknown. The method sends no command. */
  find(ctx: RequestContext, id: string): Promise<PricedCart | null> {
    return this.#unitOfWork.read(ctx, async (tx) => {
      const cart = await findCart(tx, id);
      return cart && priceCart(cart, await findCartTerms(tx, cart));
    });
  }

  /** The warnings for lines with more units than can be sold now. */
  warningsOf(ctx: RequestContext, lines: readonly StockDemand[]): Promise<readonly CartWarning[]> {
    return this.#warnings.of(ctx, lines);
  }

  async create(ctx: RequestContext, input: NewCart): Promise<CartLinesResult> {
    const demands = input.lines ?? [];
    const currency = input.currencyCode ?? (await this.#defaultCurrency(ctx));
    const empty = openCart(randomUUID(), { currency, locale: ctx.locale });
    const prices = await this.#catalog.ask(ctx, { ...empty, variantIds: demands.map((line) => line.variantId) });
    const mutation = { scope: null, operation: 'cartCreate', input };
    const created = await mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<CartResult> => {
      if (!prices.ok) return prices;
      const cart = addLines(empty, demands, prices.value, randomUUID);
      if (!cart.ok) return cart;
      const priced = priceCart(cart.value, await findCartTerms(tx, cart.value));
      insertCart(tx, { ...cart.value, savingsMinor: priced.savings.amountMinor });
      return ok(priced);
    });
    return this.#warned(ctx, created);
  }

  async addLines(ctx: RequestContext, input: CartChange & { lines: readonly LineDemand[] }): Promise<CartLinesResult> {
    const added = input.lines.map((line) => line.variantId);
    const prices = await this.#prices(ctx, input.cartId, added);
    const changed = await this.#change(ctx, 'cartLinesAdd', input, (cart) =>
      prices.ok ? addLines(cart, input.lines, prices.value, randomUUID) : prices,
    );
    return this.#warned(ctx, changed);
  }

  async updateLines(
    ctx: RequestContext,
    input: CartChange & { lines: readonly LineQuantity[] },
  ): Promise<CartLinesResult> {
    const prices = await this.#prices(ctx, input.cartId, []);
    const changed = await this.#change(ctx, 'cartLinesUpdate', input, (cart) =>
      prices.ok ? updateLines(cart, input.lines, prices.value) : prices,
    );
    return this.#warned(ctx, changed);
  }

  async removeLines(ctx: RequestContext, input: CartChange & { lineIds: readonly string[] }): Promise<CartLinesResult> {
    const prices = await this.#prices(ctx, input.cartId, []);
    const changed = await this.#change(ctx, 'cartLinesRemove', input, (cart) =>
      prices.ok ? removeLines(cart, input.lineIds, prices.value) : prices,
    );
    return this.#warned(ctx, changed);
  }

  setAddresses(ctx: RequestContext, input: CartChange, addresses: CartAddresses): Promise<CartResult> {
    return this.#change(ctx, 'cartAddressSet', { ...input, ...addresses }, (cart) => setAddresses(cart, addresses));
  }

  /** Sets or removes the buyer's VAT id. @param taxId as the buyer entered it */
  setTaxId(ctx: RequestContext, input: CartChange, taxId: string | null): Promise<CartResult> {
    const change = { ...input, taxId };
    return this.#change(ctx, 'cartTaxIdSet', change, (cart) => setTaxId(cart, taxId));
  }

  setShippingMethod(ctx: RequestContext, input: CartChange & { shippingMethodId: string }): Promise<CartResult> {
    const { shippingMethodId } = input;
    return this.#change(ctx, 'cartShippingMethodSet', input, (cart) => ok({ ...cart, shippingMethodId }), chosen);
  }

  /**
   * Replaces the discount codes of a cart. A code that does not apply stays in the cart with the reason. A code that no
   * promotion has is refused. Attempts are counted, so that codes cannot be guessed.
   */
  async setDiscountCodes(ctx: RequestContext, input: CartChange & { codes: readonly string[] }): Promise<CartResult> {
    if (input.codes.length > 0) {
      const attempts = codeEntryOf(ctx, input.cartId);
      const wait = await this.#unitOfWork.run(ctx, (tx) => countAttempts(tx, attempts));
      if (wait > 0) return err(tooManyAttempts('Discount codes were entered', wait, ['codes']));
    }
    const decide = (cart: Cart) => ok(setDiscountCodes(cart, input.codes));
    return this.#change(ctx, 'cartDiscountCodesSet', input, decide, knownCodes(input.codes));
  }

  /** Warnings are always loaded again: a repeated call returns the current ones. */
  async #warned(ctx: RequestContext, changed: CartResult): Promise<CartLinesResult> {
    if (!changed.ok) return changed;
    return ok({ ...changed.value, warnings: await this.#warnings.of(ctx, changed.value.cart.lines) });
  }

  /** Loads current prices of the variants in the cart and of the added variants. An unknown cart is refused later. */
  async #prices(ctx: RequestContext, cartId: string, added: readonly string[]) {
    const outline = await this.#unitOfWork.quickRead(ctx, (tx) => findOutline(tx, cartId));
    if (!outline) return ok({ found: new Map(), missing: new Map() });
    return this.#catalog.ask(ctx, { ...outline, variantIds: [...outline.variantIds, ...added] });
  }

  /**
   * Changes the cart in one transaction: lock, decide, price, save. Concurrent changes of a cart wait for each other, so that none is lost.
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
      // A checkout begins under the same lock, so it orders what its buyer saw.
      if (isOrdered) return err(cartBeingOrdered());
      const changed = decide(cart.value);
      return changed.ok ? this.#save(tx, cart.value, changed.value, settle) : changed;
    });
  }

  async #save(tx: OrdersTransaction, before: Cart, changed: Cart, settle: Settle): Promise<CartResult> {
    const priced = settle(changed, await findCartTerms(tx, changed));
    if (!priced.ok) return priced;
    const { savings, taxAdjustment } = priced.value;
    const seen = { savingsMinor: savings.amountMinor, taxAdjustmentMinor: taxAdjustment.amountMinor };
    const cart = { ...priced.value.cart, ...seen };
    return ok({ ...priced.value, cart: { ...cart, version: saveCart(tx, before, cart) } });
  }

  async #defaultCurrency(ctx: RequestContext): Promise<string> {
    const { defaultCurrency } = await this.#unitOfWork.quickRead(ctx, findOrderSettings);
    return defaultCurrency;
  }
}
