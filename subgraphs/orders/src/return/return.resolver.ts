import type { RequestContext } from '@souk/kit/context';
import { ForScope, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { OrdersRead, OrdersWrite } from '../contract.ts';
import { presentOrder } from '../order/order.presenter.ts';
import { OrderType } from '../order/order.types.ts';
import { respond } from '../user-errors.ts';
import {
  ReturnApproveInput,
  ReturnCancelInput,
  ReturnReceiveInput,
  ReturnRejectInput,
  ReturnRequestInput,
} from './return.inputs.ts';
import type { ReturnOrderLoader } from './return.loader.ts';
import { presentPayload, presentReturn } from './return.presenter.ts';
import type { ReturnService } from './return.service.ts';
import {
  ReturnApprovePayload,
  ReturnCancelPayload,
  ReturnConnection,
  ReturnReceivePayload,
  ReturnRejectPayload,
  ReturnRequestPayload,
  ReturnsArgs,
  ReturnType,
} from './return.types.ts';

@Resolver(() => ReturnType)
export class ReturnResolver {
  readonly #service: ReturnService;
  readonly #orders: ReturnOrderLoader;

  constructor(service: ReturnService, orders: ReturnOrderLoader) {
    this.#service = service;
    this.#orders = orders;
  }

  @Query(() => ReturnType, {
    nullable: true,
    description:
      'For staff, and with the `accessToken` of its order for the buyer. Null also for a return that the caller may not see.',
  })
  async return(
    @Arg('id', () => ID) id: string,
    @Arg('accessToken', () => String, { nullable: true, description: 'The `orderAccessToken` of the order.' })
    accessToken: string | null,
    @Ctx() ctx: RequestContext,
  ): Promise<ReturnType | null> {
    const found = await this.#service.find(ctx, requireId('id', id), accessToken ?? null);
    return found && presentReturn(found);
  }

  @ForScope(OrdersRead)
  @Query(() => ReturnConnection, {
    nullable: true,
    description: 'The returns of the tenant, the newest first, for staff.',
  })
  async returns(@Args(() => ReturnsArgs) { filter, ...request }: ReturnsArgs, @Ctx() ctx: RequestContext) {
    if (filter?.orderId) requireId('filter.orderId', filter.orderId);
    return presentConnection(valueOrThrow(await this.#service.page(ctx, filter ?? {}, request)), presentReturn);
  }

  @Mutation(() => ReturnRequestPayload, {
    nullable: true,
    description:
      'Requests the return of sent units. Buyers pass the access token of their order, within the days of `returnPolicy`. Staff may record any return.',
  })
  returnRequest(@Arg('input', () => ReturnRequestInput) input: ReturnRequestInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.request(ctx, input), presentPayload);
  }

  @ForScope(OrdersWrite)
  @Mutation(() => ReturnApprovePayload, { nullable: true, description: 'Accepts a requested return.' })
  returnApprove(@Arg('input', () => ReturnApproveInput) input: ReturnApproveInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.approve(ctx, input), presentPayload);
  }

  @ForScope(OrdersWrite)
  @Mutation(() => ReturnRejectPayload, { nullable: true, description: 'Rejects a requested return with a reason.' })
  returnReject(@Arg('input', () => ReturnRejectInput) input: ReturnRejectInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.reject(ctx, input), presentPayload);
  }

  @Mutation(() => ReturnCancelPayload, {
    nullable: true,
    description: 'Cancels a return whose units do not come. Buyers pass the access token of their order.',
  })
  returnCancel(@Arg('input', () => ReturnCancelInput) input: ReturnCancelInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.cancel(ctx, input), presentPayload);
  }

  @ForScope(OrdersWrite)
  @Mutation(() => ReturnReceivePayload, {
    nullable: true,
    description:
      'Records the units that arrived. Their stock goes back to the warehouses that sent them, their price is refunded.',
  })
  returnReceive(@Arg('input', () => ReturnReceiveInput) input: ReturnReceiveInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.receive(ctx, input), presentPayload);
  }

  @FieldResolver(() => OrderType, { nullable: true })
  async order(@Root() { orderId }: ReturnType, @Ctx() ctx: RequestContext): Promise<OrderType | null> {
    const view = await this.#orders.load(ctx, orderId);
    return view && presentOrder(view);
  }
}
