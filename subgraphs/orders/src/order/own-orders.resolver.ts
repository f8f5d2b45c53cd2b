import type { RequestContext } from '@souk/kit/context';
import { NodeType, PageArgs, presentConnection } from '@souk/kit/graphql';
import { Args, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { presentCart } from '../cart/cart.presenter.ts';
import type { CartService } from '../cart/cart.service.ts';
import { CartType } from '../cart/cart.types.ts';
import type { CustomerOrders } from './customer-orders.service.ts';
import { OrderConnection } from './order-lists.types.ts';
import { presentOrder } from './order.presenter.ts';

/** A stub of the entity `User` of the accounts subgraph. This subgraph adds the cart and the orders of the logged-in user. */
@Directive('@key(fields: "id")')
@ObjectType('User', { implements: NodeType, simpleResolvers: true })
export class UserStub {
  @Field(() => ID)
  id!: string;
}

/** Resolves the cart and the orders of the logged-in shopper. */
@Resolver(() => UserStub)
export class OwnOrdersResolver {
  readonly #orders: CustomerOrders;
  readonly #carts: CartService;

  constructor(orders: CustomerOrders, carts: CartService) {
    this.#orders = orders;
    this.#carts = carts;
  }

  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description:
      'The orders of the shopper, newest first, with those that were placed without a login. Null for staff and for other users.',
  })
  async orders(@Root() { id }: UserStub, @Args(() => PageArgs) request: PageArgs, @Ctx() ctx: RequestContext) {
    const found = isCaller(ctx, id) ? await this.#orders.ownPage(ctx, request) : null;
    return found && presentConnection(found.page, (order) => presentOrder(found.viewOf(order)));
  }

  @FieldResolver(() => CartType, {
    nullable: true,
    description: 'The active cart of the shopper. Null when the shopper has none, for staff, and for other users.',
  })
  async cart(@Root() { id }: UserStub, @Ctx() ctx: RequestContext) {
    const found = isCaller(ctx, id) ? await this.#carts.findOwn(ctx) : null;
    return found && presentCart(found);
  }
}

function isCaller({ actor }: RequestContext, userId: string): boolean {
  return actor.kind === 'user' && actor.userId === userId;
}
