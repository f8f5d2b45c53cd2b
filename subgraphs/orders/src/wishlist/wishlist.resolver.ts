import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { UserStub } from '../order/own-orders.resolver.ts';
import { respond } from '../user-errors.ts';
import {
  WishlistCreateInput,
  WishlistDeleteInput,
  WishlistItemAddInput,
  WishlistItemRemoveInput,
  WishlistUpdateInput,
} from './wishlist.inputs.ts';
import { WISHLIST_LIMITS } from './wishlist.policy.ts';
import type { WishlistService } from './wishlist.service.ts';
import {
  WishlistCreatePayload,
  WishlistDeletePayload,
  WishlistItemAddPayload,
  WishlistItemRemovePayload,
  WishlistType,
  WishlistUpdatePayload,
} from './wishlist.types.ts';

/** Resolves and changes the wishlists of the calling customer. */
@Resolver(() => UserStub)
export class WishlistResolver {
  readonly #wishlists: WishlistService;

  constructor(wishlists: WishlistService) {
    this.#wishlists = wishlists;
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [WishlistType], {
    nullable: true,
    description: `The wishlists of the shopper, the oldest first. At most ${WISHLIST_LIMITS.lists}. Null for staff and for other users.`,
  })
  wishlists(@Root() { id }: UserStub, @Ctx() ctx: RequestContext) {
    return ctx.actor.kind === 'user' && ctx.actor.userId === id ? this.#wishlists.own(ctx) : null;
  }

  @Directive('@authenticated')
  @Mutation(() => WishlistCreatePayload, {
    nullable: true,
    description: 'Adds a wishlist of the calling customer. The first list is the default.',
  })
  wishlistCreate(@Arg('input', () => WishlistCreateInput) input: WishlistCreateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#wishlists.create(ctx, input));
  }

  @Directive('@authenticated')
  @Mutation(() => WishlistUpdatePayload, {
    nullable: true,
    description: 'Renames a wishlist, or makes it the default.',
  })
  wishlistUpdate(@Arg('input', () => WishlistUpdateInput) input: WishlistUpdateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#wishlists.update(ctx, input));
  }

  @Directive('@authenticated')
  @Mutation(() => WishlistDeletePayload, {
    nullable: true,
    description:
      'Deletes a wishlist with its items. When it was the default, the oldest other list becomes the default.',
  })
  wishlistDelete(@Arg('input', () => WishlistDeleteInput) input: WishlistDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#wishlists.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  @Directive('@authenticated')
  @Mutation(() => WishlistItemAddPayload, {
    nullable: true,
    description: 'Adds a variant that is for sale to a wishlist. A variant that the list has stays where it is.',
  })
  wishlistItemAdd(@Arg('input', () => WishlistItemAddInput) input: WishlistItemAddInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#wishlists.addItem(ctx, input));
  }

  @Directive('@authenticated')
  @Mutation(() => WishlistItemRemovePayload, { nullable: true, description: 'Removes an item from its wishlist.' })
  wishlistItemRemove(
    @Arg('input', () => WishlistItemRemoveInput) input: WishlistItemRemoveInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#wishlists.removeItem(ctx, input));
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (changed) => ({ wishlist: changed && this.#find(ctx, changed) }));
  }

  /** Reads the changed list for the payload. Null when it was deleted meanwhile. */
  async #find(ctx: RequestContext, changed: string) {
    return (await this.#wishlists.own(ctx))?.find(({ id }) => id === changed) ?? null;
  }
}
