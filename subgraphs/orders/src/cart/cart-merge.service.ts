import { randomUUID } from 'node:crypto';
import { AccessDeniedError, customerIdOf, type RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { mutate } from '@souk/kit/persistence';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { changeable, settled } from './cart-changes.ts';
import { withGifts } from './cart-gifts.ts';
import { mergeCarts, type LeftLine } from './cart-merge.ts';
import type { CartOffer, CartOffers } from './cart-offers.service.ts';
import { priceCart } from './cart-pricing.ts';
import { saveSettled } from './cart-saving.service.ts';
import type { CartChange } from './cart.service.ts';
import { findCartTerms } from './cart-terms.repository.ts';
import { cartBeingOrdered, cartNotFound, draftNotChangeable } from './cart.errors.ts';
import { findOutline, isBeingOrdered, lockCart, saveCart } from './cart.repository.ts';
import type { Cart, ChangedCart, PricedCart } from './cart.ts';
import { claimCart, findCustomerCart, lockCustomerCart } from './customer-cart.repository.ts';
import type { StockWarnings } from './stock-warnings.service.ts';

type Failures = Failure | readonly Failure[];
interface Merge extends PricedCart {
  readonly left: readonly LeftLine[];
}
/** The customer's cart after the merge with the lines that could not be moved, or the failures. */
export type CartMergeResult = Result<ChangedCart & Merge, Failures>;

/** The id of the customer's cart, with the catalog's reply about the variants of both carts. Null when the customer has no cart. */
type Prepared = { readonly ownId: string; readonly offer: CartOffer } | null;

/** Merges the cart of a visitor into the customer's cart after the login. */
export class CartMergeService {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #offers: CartOffers;
  readonly #warnings: StockWarnings;

  constructor(unitOfWork: OrdersUnitOfWork, offers: CartOffers, warnings: StockWarnings) {
    this.#unitOfWork = unitOfWork;
    this.#offers = offers;
    this.#warnings = warnings;
  }

  /**
   * Moves the lines of a cart into the cart of the logged-in customer. When the customer has no cart, the moved cart becomes the customer's
   * cart.
   * @throws AccessDeniedError when the caller is not a customer
   */
  async merge(ctx: RequestContext, input: CartChange): Promise<CartMergeResult> {
    const customerId = customerIdOf(ctx);
    if (customerId === null)
      throw new AccessDeniedError(ctx.actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
    const prepared = await this.#prepare(ctx, customerId, input.cartId);
    if (!prepared.ok) return prepared;
    const mutation = { scope: null, operation: 'cartMerge', input };
    const merged = await mutate(this.#unitOfWork, ctx, mutation, (tx) =>
      mergeInto(tx, customerId, input, prepared.value),
    );
    if (!merged.ok) return merged;
    return ok({ ...merged.value, warnings: await this.#warnings.of(ctx, merged.value.cart.lines) });
  }

  async #prepare(ctx: RequestContext, customerId: string, cartId: string): Promise<Result<Prepared, Failure>> {
    const [ownId, other] = await this.#unitOfWork.quickRead(ctx, (tx) =>
      Promise.all([findCustomerCart(tx, customerId), findOutline(tx, cartId)]),
    );
    if (ownId === null) return ok(null);
    const offer = await this.#offers.forCart(ctx, ownId, other?.variantIds ?? []);
    return offer.ok ? ok({ ownId, offer: offer.value }) : offer;
  }
}

async function mergeInto(
  tx: OrdersTransaction,
  customerId: string,
  { cartId, expectedVersion }: CartChange,
  prepared: Prepared,
): Promise<Result<Merge, Failures>> {
  const ownId = await lockCustomerCart(tx, customerId);
  if (ownId !== (prepared?.ownId ?? null)) return err(cartReplaced());
  const locked = await lockInOrder(tx, [cartId, ...(ownId === null ? [] : [ownId])]);
  const other = changeable(locked.get(cartId) ?? null, expectedVersion);
  if (!other.ok) return other;
  const isOfAnother = other.value.customerId !== null && other.value.customerId !== customerId;
  if (isOfAnother) return err(cartNotFound());
  if (other.value.draftOrderId !== null) return err(draftNotChangeable());
  if (ownId === cartId) return ok({ ...(await priced(tx, other.value)), left: [] });
  for (const id of locked.keys()) if (await isBeingOrdered(tx, id)) return err(cartBeingOrdered());
  const own = ownId === null ? null : locked.get(ownId);
  return own && prepared ? join(tx, own, other.value, prepared.offer) : claim(tx, other.value, customerId);
}

async function join(tx: OrdersTransaction, own: Cart, other: Cart, offer: CartOffer): Promise<Result<Merge, Failures>> {
  const merged = mergeCarts(own, other, offer, randomUUID);
  const saved = await saveSettled(tx, own, withGifts(merged.own, offer.gifts, randomUUID), settled);
  if (!saved.ok) return saved;
  saveCart(tx, other, merged.other);
  return ok({ ...saved.value, left: merged.left });
}

async function claim(tx: OrdersTransaction, cart: Cart, customerId: string): Promise<Result<Merge, Failures>> {
  claimCart(tx, cart.id, customerId);
  const claimed = { ...cart, customerId, version: cart.version + 1 }; // set by the trigger `stamp_row`; the row is locked
  return ok({ ...(await priced(tx, claimed)), left: [] });
}

async function priced(tx: OrdersTransaction, cart: Cart): Promise<PricedCart> {
  return priceCart(cart, await findCartTerms(tx, cart));
}

/** Locks carts in the order of their ids, so two merges of the same carts do not deadlock. */
async function lockInOrder(tx: OrdersTransaction, ids: readonly string[]): Promise<ReadonlyMap<string, Cart>> {
  const carts = new Map<string, Cart>();
  for (const id of [...new Set(ids)].toSorted()) {
    const cart = await lockCart(tx, id);
    if (cart) carts.set(id, cart);
  }
  return carts;
}

/** Returned when the customer opened or ordered a cart while the merge was prepared. */
function cartReplaced(): Failure<'SERVICE_UNAVAILABLE'> {
  return failure('SERVICE_UNAVAILABLE', 'The cart of the customer was opened or ordered right now; try again', [
    'cartId',
  ]);
}
