import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { OrdersRead, OrdersWrite } from '../contract.ts';
import { presentFulfillment } from '../fulfillment/fulfillment.presenter.ts';
import { FulfillmentType } from '../fulfillment/fulfillment.types.ts';
import { respond } from '../user-errors.ts';
import { OrderCancelInput, OrderLinesCancelInput } from './order.inputs.ts';
import { OrderConnection, OrderEventConnection, OrdersArgs } from './order-lists.types.ts';
import { OrderCancelPayload, OrderLinesCancelPayload } from './order-payloads.types.ts';
import { presentEvent, presentLine, presentOrder } from './order.presenter.ts';
import type { OrderService } from './order.service.ts';
import { OrderLineType, OrderType } from './order.types.ts';

@Resolver(() => OrderType)
export class OrderResolver {
  readonly #service: OrderService;

  constructor(service: OrderService) {
    this.#service = service;
  }

  @Query(() => OrderType, {
    nullable: true,
    description:
      'For staff, for the customer who ordered while logged in or with the e-mail address of the account, and with `accessToken` for the buyer. Null also for an order that the caller may not see.',
  })
  async order(
    @Arg('id', () => ID) id: string,
    @Arg('accessToken', () => String, { nullable: true, description: 'The `orderAccessToken` of checkoutComplete.' })
    accessToken: string | null,
    @Ctx() ctx: RequestContext,
  ): Promise<OrderType | null> {
    const found = await this.#service.find(ctx, requireId('id', id), accessToken ?? null);
    return found && presentOrder(found);
  }

  // For a caller without the scope, this field is null and the response contains an error. The field is nullable, so the caller still
  // receives the other fields.
  @ForScope(OrdersRead)
  @Query(() => OrderConnection, { nullable: true, description: 'The orders of the tenant, for staff.' })
  async orders(@Args(() => OrdersArgs) { filter, ...request }: OrdersArgs, @Ctx() ctx: RequestContext) {
    const { page, viewOf } = valueOrThrow(await this.#service.page(ctx, filter ?? {}, request));
    return presentConnection(page, (order) => presentOrder(viewOf(order)));
  }

  @ForScope(OrdersWrite)
  @Mutation(() => OrderCancelPayload, {
    nullable: true,
    description: 'Cancels an order without shipped units. Its stock and its money are returned.',
  })
  orderCancel(@Arg('input', () => OrderCancelInput) input: OrderCancelInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#service.cancel(ctx, input),
      (order) => ({ order: order && presentOrder(order) }),
    );
  }

  @ForScope(OrdersWrite)
  @Mutation(() => OrderLinesCancelPayload, {
    nullable: true,
    description:
      'Cancels units that are in no fulfillment. Their stock and their price are returned, shipping is not refunded. The delivery of the other units completes the order.',
  })
  orderLinesCancel(
    @Arg('input', () => OrderLinesCancelInput) input: OrderLinesCancelInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#service.cancelLines(ctx, input),
      (order) => ({ order: order && presentOrder(order) }),
    );
  }

  @FieldResolver(() => [OrderLineType], { description: 'At most 200.' })
  async lines(@Root() { id, details, currencyCode }: OrderType): Promise<OrderLineType[]> {
    return (await details.lines(id)).map((line) => presentLine(line, currencyCode));
  }

  @FieldResolver(() => Int, {
    description: 'Units that are neither canceled nor in a fulfillment. They can still be packed or canceled.',
  })
  openQuantity(@Root() { id, details }: OrderType): Promise<number> {
    return details.openQuantity(id);
  }

  @FieldResolver(() => [FulfillmentType], { description: 'Oldest first, canceled fulfillments included.' })
  async fulfillments(@Root() { id, details }: OrderType): Promise<FulfillmentType[]> {
    return (await details.fulfillments(id)).map(presentFulfillment);
  }

  @FieldResolver(() => OrderEventConnection, { description: 'The history of the order, oldest first.' })
  async events(@Root() { id, details }: OrderType, @Args(() => PageArgs) request: PageArgs) {
    return presentConnection(await details.events(id, request), presentEvent);
  }
}
