import { requireScope, type RequestContext } from '@souk/kit/context';
import {
  DateTimeScalar,
  ForScope,
  fromSubscriptionSource,
  requireId,
  type SubscriptionSources,
} from '@souk/kit/graphql';
import type { EventBus, FeedItem } from '@souk/kit/messaging';
import { GraphQLError } from 'graphql';
import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { z } from 'zod';
import { OrderChanged, OrdersRead } from '../contract.ts';
import { presentOrder } from './order.presenter.ts';
import type { OrderService } from './order.service.ts';
import { OrderEventTypeEnum, OrderType } from './order.types.ts';

type Change = FeedItem<z.infer<typeof OrderChanged.payload>>;

@ObjectType('OrderStatusChange', {
  simpleResolvers: true,
  description: 'A change of an order, with the order after the change.',
})
export class OrderStatusChangeType {
  @Field(() => OrderEventTypeEnum)
  type!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => OrderType, { nullable: true })
  order!: OrderType | null;
}

@Resolver()
export class OrderSubscriptionResolver {
  readonly #service: OrderService;

  constructor(service: OrderService) {
    this.#service = service;
  }

  @Subscription(() => OrderStatusChangeType, {
    subscribe: fromSubscriptionSource,
    description:
      'The changes of one order from now on. For staff, for its customer, and with `accessToken` for its buyer.',
  })
  orderStatusChanged(
    @Root() change: Change,
    @Arg('orderId', () => ID) _orderId: string,
    @Arg('accessToken', () => String, { nullable: true }) _accessToken: string | null,
    @Ctx() ctx: RequestContext,
  ): Promise<OrderStatusChangeType> {
    return this.#present(ctx, change);
  }

  @ForScope(OrdersRead)
  @Subscription(() => OrderStatusChangeType, {
    subscribe: fromSubscriptionSource,
    description: 'The changes of all orders of the tenant from now on. For staff.',
  })
  ordersChanged(@Root() change: Change, @Ctx() ctx: RequestContext): Promise<OrderStatusChangeType> {
    return this.#present(ctx, change);
  }

  /** Loads the order again for each event, so the subscriber receives the current state of the order. */
  async #present(ctx: RequestContext, { data }: Change): Promise<OrderStatusChangeType> {
    const order = await this.#service.load(ctx, data.orderId);
    return { type: data.type, at: new Date(data.at), order: order && presentOrder(order) };
  }
}

/** The event sources of the subscriptions. A caller who may not see the order gets an error before the first event. */
export function orderSubscriptions(service: OrderService, events: Pick<EventBus, 'feed'>): SubscriptionSources {
  return {
    async orderStatusChanged({ orderId, accessToken }, ctx) {
      const id = requireId('orderId', String(orderId));
      const order = await service.find(ctx, id, typeof accessToken === 'string' ? accessToken : null);
      if (!order) throw notYours();
      return events.feed(OrderChanged, { tenantId: ctx.tenantId, aggregateId: id, after: ctx.resumeAfter });
    },
    ordersChanged(_args, ctx) {
      requireScope(ctx, OrdersRead);
      return events.feed(OrderChanged, { tenantId: ctx.tenantId, after: ctx.resumeAfter });
    },
  };
}

/** The error for an unknown order and for the order of another buyer. Equal errors do not reveal which orders exist. */
function notYours(): GraphQLError {
  return new GraphQLError(
    'Unknown order, or a missing or wrong accessToken. Send the orderAccessToken of checkoutComplete',
    {
      extensions: { code: 'FORBIDDEN' },
    },
  );
}
