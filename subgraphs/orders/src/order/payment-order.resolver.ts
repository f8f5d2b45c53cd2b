import type { RequestContext } from '@souk/kit/context';
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { OrderLoader } from './order.loader.ts';
import { presentOrder } from './order.presenter.ts';
import { OrderType } from './order.types.ts';

/** A stub of the entity `Payment` of the payments subgraph. This subgraph adds the field `order`. */
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
 * Resolves the order of a payment. The payment stores the id of an order before the order is placed. When the payment is declined, the
 * order never exists. Only this subgraph stores which orders exist.
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
