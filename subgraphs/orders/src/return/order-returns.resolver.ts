import type { RequestContext } from '@souk/kit/context';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { OrderType } from '../order/order.types.ts';
import type { OrderReturnsLoader } from './return.loader.ts';
import { presentReturn } from './return.presenter.ts';
import { ReturnType } from './return.types.ts';

/** Adds the field `returns` to orders. */
@Resolver(() => OrderType)
export class OrderReturnsResolver {
  readonly #returns: OrderReturnsLoader;

  constructor(returns: OrderReturnsLoader) {
    this.#returns = returns;
  }

  @FieldResolver(() => [ReturnType], { description: 'Oldest first. At most 50.' })
  async returns(@Root() { id }: OrderType, @Ctx() ctx: RequestContext): Promise<ReturnType[]> {
    return ((await this.#returns.load(ctx, id)) ?? []).map(presentReturn);
  }
}
