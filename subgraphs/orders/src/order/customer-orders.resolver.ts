import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection } from '@souk/kit/graphql';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { OrdersRead } from '../contract.ts';
import type { CustomerOrders } from './customer-orders.service.ts';
import { OrderConnection } from './order-lists.types.ts';
import { presentOrder } from './order.presenter.ts';
import { CustomerStub } from './order.types.ts';

@Resolver(() => CustomerStub)
export class CustomerOrdersResolver {
  readonly #service: CustomerOrders;

  constructor(service: CustomerOrders) {
    this.#service = service;
  }

  @ForScope(OrdersRead)
  @FieldResolver(() => OrderConnection, { nullable: true, description: 'Newest first. For staff.' })
  async orders(@Root() { id }: CustomerStub, @Args(() => PageArgs) request: PageArgs, @Ctx() ctx: RequestContext) {
    const { page, viewOf } = await this.#service.page(ctx, id, request);
    return presentConnection(page, (order) => presentOrder(viewOf(order)));
  }
}
