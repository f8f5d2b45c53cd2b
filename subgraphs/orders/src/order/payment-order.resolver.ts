import type { RequestContext } from '@souk/kit/context';
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { OrderLoader } from './order.loader.ts';
import { presentOrder } from './order.presenter.ts';
import { OrderType } from './order.types.ts';

/** Stub of the payment of payments, to which this subgraph adds the order. */
@Directive('@key(fields: "id orderId")')
@ObjectType('Payment', { simpleResolvers: true })
export class PaymentStub {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => ID)
  orderId!: string;
}

/** Payments receives the id of an order before the order is placed, and a declined payment places none. So orders resolves the order. */
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
