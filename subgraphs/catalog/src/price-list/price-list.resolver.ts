import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { PricesRead, PricesWrite } from '../contract.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import { respond } from '../user-errors.ts';
import {
  PriceListCreateInput,
  PriceListDeleteInput,
  PriceListPricesRemoveInput,
  PriceListPricesSetInput,
  PriceListUpdateInput,
} from './price-list.inputs.ts';
import {
  changesOf,
  listedPriceKeyOf,
  listedPriceOf,
  presentListedPrice,
  presentPriceList,
} from './price-list.presenter.ts';
import type { PriceListService } from './price-list.service.ts';
import { PriceListConnection, PriceListPriceConnection, PriceListType } from './price-list.types.ts';

const PriceListCreatePayload = entityPayload('PriceListCreate', 'priceList', PriceListType);
const PriceListUpdatePayload = entityPayload('PriceListUpdate', 'priceList', PriceListType);
const PriceListDeletePayload = deletePayload('PriceListDelete');
const PriceListPricesSetPayload = entityPayload('PriceListPricesSet', 'priceList', PriceListType);
const PriceListPricesRemovePayload = entityPayload('PriceListPricesRemove', 'priceList', PriceListType);

@Resolver(() => PriceListType)
export class PriceListResolver {
  readonly #lists: PriceListService;

  constructor(lists: PriceListService) {
    this.#lists = lists;
  }

  @ForScope(PricesRead)
  @Query(() => PriceListConnection, {
    nullable: true,
    description: 'The price lists of the shop. The list that comes first in the selection of prices is the first.',
  })
  async priceLists(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#lists.page(ctx, page)), presentPriceList);
  }

  @ForScope(PricesRead)
  @Query(() => PriceListType, { nullable: true, description: 'Returns a price list by its id.' })
  async priceList(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#lists.find(ctx, requireId('id', id));
    return found && presentPriceList(found);
  }

  @ForScope(PricesRead)
  @FieldResolver(() => PriceListPriceConnection, {
    nullable: true,
    description: 'The prices of the list, by variant and quantity.',
  })
  async prices(
    @Root() { id }: PriceListType,
    @Arg('variantId', () => ID, { nullable: true, description: 'Only the prices of this variant.' })
    variantId: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: RequestContext,
  ) {
    const variant = typeof variantId === 'string' ? requireId('variantId', variantId) : null;
    return presentConnection(valueOrThrow(await this.#lists.prices(ctx, id, variant, page)), presentListedPrice);
  }

  @ForScope(PricesWrite)
  @Mutation(() => PriceListCreatePayload, { nullable: true, description: 'Adds a price list without prices.' })
  priceListCreate(@Arg('input', () => PriceListCreateInput) input: PriceListCreateInput, @Ctx() ctx: RequestContext) {
    const { idempotencyKey = null, currencyCode: currency, customerGroupIds, ...draft } = input;
    const groupIds = customerGroupIds ?? null;
    return this.#respond(ctx, input, () =>
      this.#lists.create(ctx, { idempotencyKey }, { ...draft, currency, groupIds }),
    );
  }

  @ForScope(PricesWrite)
  @Mutation(() => PriceListUpdatePayload, {
    nullable: true,
    description: 'Changes a price list. Buyers see the change at once, and open carts with their next change.',
  })
  priceListUpdate(@Arg('input', () => PriceListUpdateInput) input: PriceListUpdateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#lists.update(ctx, input, changesOf(input)));
  }

  @ForScope(PricesWrite)
  @Mutation(() => PriceListDeletePayload, {
    nullable: true,
    description: 'Deletes a price list and its prices. Orders keep their prices.',
  })
  priceListDelete(@Arg('input', () => PriceListDeleteInput) input: PriceListDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#lists.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  @ForScope(PricesWrite)
  @Mutation(() => PriceListPricesSetPayload, {
    nullable: true,
    description: 'Adds prices to a list, or replaces prices for the same variant and quantity.',
  })
  priceListPricesSet(
    @Arg('input', () => PriceListPricesSetInput) input: PriceListPricesSetInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { prices, ...list } = input;
    return this.#respond(ctx, input, () => this.#lists.setPrices(ctx, { ...list, prices: prices.map(listedPriceOf) }));
  }

  @ForScope(PricesWrite)
  @Mutation(() => PriceListPricesRemovePayload, { nullable: true, description: 'Removes prices from a list.' })
  priceListPricesRemove(
    @Arg('input', () => PriceListPricesRemoveInput) input: PriceListPricesRemoveInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { prices, ...list } = input;
    return this.#respond(ctx, input, () =>
      this.#lists.removePrices(ctx, { ...list, prices: prices.map(listedPriceKeyOf) }),
    );
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure | readonly Failure[]>>) {
    return respond(input, work, (id) => ({ priceList: this.#changed(ctx, id) }));
  }

  /** Reads the changed list for the payload, after the mutation has committed. */
  async #changed(ctx: RequestContext, id: string) {
    const found = await this.#lists.changed(ctx, id);
    return found && presentPriceList(found);
  }
}
