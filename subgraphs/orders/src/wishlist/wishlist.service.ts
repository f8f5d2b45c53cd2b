import { PriceLines } from '@souk/catalog/contract';
import { callingCustomer, customerIdOf, type RequestContext } from '@souk/kit/context';
import type { CommandClient } from '@souk/kit/contracts';
import { changeable, err, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { findOrderSettings } from '../settings/order-settings.repository.ts';
import { customerMissing, tooManyItems, tooManyLists, variantNotFound, wishlistNotFound } from './wishlist.errors.ts';
import { FIRST_NAME, WISHLIST_LIMITS } from './wishlist.policy.ts';
import {
  deleteItem,
  deleteWishlist,
  findWishlists,
  insertItem,
  insertWishlist,
  lockWishlists,
  makeDefault,
  renameWishlist,
} from './wishlist.repository.ts';
import { successorOf, type Wishlist } from './wishlist.ts';

export interface CreateInput extends MutationInput {
  readonly name: string;
}

export interface UpdateInput extends ChangeInput {
  readonly name?: string | undefined;
  /** True makes the list the default. */
  readonly isDefault?: boolean | undefined;
}

export interface ItemAddInput extends MutationInput {
  /** @default the customer's default list, which is created when the customer has no default list */
  readonly wishlistId?: string | null;
  readonly variantId: string;
}

export interface ItemRemoveInput extends MutationInput {
  readonly itemId: string;
}

/** The id of the changed list, or the reason for a refusal. */
type WishlistResult = Promise<Result<string, Failure>>;
type Work = (tx: OrdersTransaction, customerId: string, lists: readonly Wishlist[]) => WishlistResult;

/** Manages the wishlists of the calling customer. The response for a list of another customer is the same as for an unknown list. */
export class WishlistService {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #commands: CommandClient;
  readonly #clock: Clock;

  constructor(unitOfWork: OrdersUnitOfWork, commands: CommandClient, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#commands = commands;
    this.#clock = clock;
  }

  /** The wishlists of the calling customer, the oldest first. Null for callers who are not customers. */
  async own(ctx: RequestContext): Promise<readonly Wishlist[] | null> {
    const customerId = customerIdOf(ctx);
    return customerId === null ? null : this.#unitOfWork.quickRead(ctx, (tx) => findWishlists(tx, customerId));
  }

  /** Adds a list. The first list of a customer is the default. @throws AccessDeniedError for a caller without a login */
  create(ctx: RequestContext, input: CreateInput): WishlistResult {
    return this.#change(ctx, 'wishlistCreate', input, async (tx, customerId, lists) => {
      if (lists.length >= WISHLIST_LIMITS.lists) return err(tooManyLists());
      return ok(await insertWishlist(tx, { customerId, name: input.name, isDefault: lists.length === 0 }));
    });
  }

  /** Renames a list, or makes it the default. @throws AccessDeniedError for a caller without a login */
  update(ctx: RequestContext, input: UpdateInput): WishlistResult {
    return this.#change(ctx, 'wishlistUpdate', input, async (tx, customerId, lists) => {
      const found = changeable(byId(lists, input.id), input, 'wishlist');
      if (!found.ok) return found;
      if (input.name !== undefined) await renameWishlist(tx, input.id, input.name);
      if (input.isDefault === true) await makeDefault(tx, customerId, input.id);
      return ok(input.id);
    });
  }

  /** Deletes a list with its items. The oldest other list follows a default list. @throws AccessDeniedError for a caller without a login */
  delete(ctx: RequestContext, input: ChangeInput): WishlistResult {
    return this.#change(ctx, 'wishlistDelete', input, async (tx, customerId, lists) => {
      const found = changeable(byId(lists, input.id), input, 'wishlist');
      if (!found.ok) return found;
      await deleteWishlist(tx, input.id);
      const successor = successorOf(lists, found.value);
      if (successor) await makeDefault(tx, customerId, successor.id);
      return ok(input.id);
    });
  }

  /** Adds a variant that is for sale. A variant that the list has stays. @throws AccessDeniedError for a caller without a login */
  async addItem(ctx: RequestContext, input: ItemAddInput): WishlistResult {
    if (customerIdOf(ctx) !== null && !(await this.#isForSale(ctx, input.variantId))) return err(variantNotFound());
    return this.#change(ctx, 'wishlistItemAdd', input, async (tx, customerId, lists) => {
      const { wishlistId = null, variantId } = input;
      const list = wishlistId === null ? lists.find(({ isDefault }) => isDefault) : byId(lists, wishlistId);
      if (wishlistId !== null && !list) return err(wishlistNotFound('wishlistId'));
      const isKnown = list?.items.some((item) => item.variantId === variantId) ?? false;
      if (!isKnown && list && list.items.length >= WISHLIST_LIMITS.items) return err(tooManyItems());
      const id = list?.id ?? (await insertWishlist(tx, { customerId, name: FIRST_NAME, isDefault: true }));
      await insertItem(tx, { wishlistId: id, variantId, addedAt: this.#clock.now() });
      return ok(id);
    });
  }

  /** @throws AccessDeniedError for a caller without a login */
  removeItem(ctx: RequestContext, input: ItemRemoveInput): WishlistResult {
    return this.#change(ctx, 'wishlistItemRemove', input, async (tx, _customerId, lists) => {
      const list = lists.find(({ items }) => items.some(({ id }) => id === input.itemId));
      if (!list) return err(wishlistNotFound('itemId'));
      await deleteItem(tx, input.itemId);
      return ok(list.id);
    });
  }

  #change(ctx: RequestContext, operation: string, input: MutationInput, work: Work): WishlistResult {
    const customerId = callingCustomer(ctx);
    if (customerId === null) return Promise.resolve(err(customerMissing()));
    return mutate(this.#unitOfWork, ctx, { scope: null, operation, input }, async (tx): WishlistResult => {
      await lockWishlists(tx, customerId);
      return work(tx, customerId, await findWishlists(tx, customerId));
    });
  }

  async #isForSale(ctx: RequestContext, variantId: string): Promise<boolean> {
    const { defaultCurrency: currency } = await this.#unitOfWork.quickRead(ctx, findOrderSettings);
    const reply = await this.#commands.send(ctx, PriceLines, { currency, locale: ctx.locale, variantIds: [variantId] });
    return reply.ok || reply.error.code !== 'VARIANT_NOT_FOUND';
  }
}

function byId(lists: readonly Wishlist[], wanted: string): Wishlist | null {
  return lists.find(({ id }) => id === wanted) ?? null;
}
