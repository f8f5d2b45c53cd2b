import type { RequestContext } from '@souk/kit/context';
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { OrderLoader } from './order.loader.ts';
import { presentOrder } from './order.presenter.ts';
import { OrderType } from './order.types.ts';

/** A stub of the payment in the subgraph payments. This subgraph adds the order to the payment. */
@Directive('@key(fields: "id orderId")')
@ObjectType('Payment', { simpleResolvers: true })
export class PaymentStub {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => ID)
  orderId!: string;
}

/**
 * Resolves the order of a payment. Payments receives the id of an order before the order is placed, and there is no order when the payment
 * is declined. So this subgraph has to resolve the order.
 */
@Resolver(() => PaymentStub)
export class PaymentOrderResolver {
  readonly #orders: OrderLoader;

  constructor(orders: OrderLoader) {
    this.#orders = orders;
  }

  @FieldResolver(() => OrderType, {
    nullable: true,
    description: 'For staff who may read orders. Null until the order is placed, and for a payment without an order.',
  })
  async order(@Root() { orderId }: PaymentStub, @Ctx() ctx: RequestContext) {
    const view = await this.#orders.load(ctx, orderId);
    return view && presentOrder(view);
  }
}
