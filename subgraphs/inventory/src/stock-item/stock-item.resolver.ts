import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, RequestLoader, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { ProductVariantStub } from '../availability/availability.types.ts';
import { StockRead, StockWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { StockItemFilterInput, StockItemSetInput } from './stock-item.inputs.ts';
import type { StockItemService } from './stock-item.service.ts';
import type { StockItem } from './stock-item.ts';
import { StockItemConnectionType, StockItemSetPayload, StockItemType } from './stock-item.types.ts';

const present = (item: StockItem): StockItemType => item;

@Resolver(() => ProductVariantStub)
export class StockItemResolver {
  readonly #service: StockItemService;
  readonly #bySku: RequestLoader<string, StockItemType>;

  constructor(service: StockItemService) {
    this.#service = service;
    this.#bySku = new RequestLoader((ctx, skus) => service.bySku(ctx, skus));
  }

  @ForScope(StockRead)
  @Query(() => StockItemConnectionType, { nullable: true, description: 'Stock items by SKU.' })
  async stockItems(
    @Arg('filter', () => StockItemFilterInput, { nullable: true }) filter: StockItemFilterInput | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return presentConnection(valueOrThrow(await this.#service.page(ctx, filter ?? {}, page)), present);
  }

  @ForScope(StockWrite)
  @Mutation(() => StockItemSetPayload, {
    nullable: true,
    description: 'Sets how a SKU is sold. Reservations that exist stay as they are.',
  })
  stockItemSet(@Arg('input', () => StockItemSetInput) input: StockItemSetInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#service.set(ctx, input),
      (stockItem) => ({ stockItem }),
    );
  }

  @ForScope(StockRead)
  @FieldResolver(() => StockItemType, {
    nullable: true,
    description: 'How the variant is sold. Null: it has the stock mode `RESERVE_ON_ORDER`.',
  })
  stockItem(@Root() variant: ProductVariantStub, @Ctx() ctx: RequestContext) {
    return this.#bySku.load(ctx, variant.sku);
  }
}
