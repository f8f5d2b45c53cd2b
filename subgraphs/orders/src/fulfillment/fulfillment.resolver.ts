import type { RequestContext } from '@souk/kit/context';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { OrdersWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import type { Fulfillment } from './fulfillment.ts';
import {
  FulfillmentCancelInput,
  FulfillmentCreateInput,
  FulfillmentDeliverInput,
  FulfillmentShipInput,
  FulfillmentTrackingSetInput,
} from './fulfillment.inputs.ts';
import { presentFulfillment } from './fulfillment.presenter.ts';
import type { FulfillmentService } from './fulfillment.service.ts';
import {
  FulfillmentCancelPayload,
  FulfillmentCreatePayload,
  FulfillmentDeliverPayload,
  FulfillmentShipPayload,
  FulfillmentTrackingSetPayload,
} from './fulfillment.types.ts';

@Resolver()
export class FulfillmentResolver {
  readonly #service: FulfillmentService;

  constructor(service: FulfillmentService) {
    this.#service = service;
  }

  @ForScope(OrdersWrite)
  @Mutation(() => FulfillmentCreatePayload, {
    nullable: true,
    description: 'Packs units of an order: one fulfillment per warehouse that holds them.',
  })
  fulfillmentCreate(
    @Arg('input', () => FulfillmentCreateInput) input: FulfillmentCreateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#service.create(ctx, input),
      (created) => ({ fulfillments: created.map(presentFulfillment) }),
    );
  }

  @ForScope(OrdersWrite)
  @Mutation(() => FulfillmentShipPayload, { nullable: true, description: 'Marks the parcel as shipped.' })
  fulfillmentShip(@Arg('input', () => FulfillmentShipInput) input: FulfillmentShipInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.ship(ctx, input), presentOne);
  }

  @ForScope(OrdersWrite)
  @Mutation(() => FulfillmentTrackingSetPayload, {
    nullable: true,
    description: 'Replaces carrier, tracking number and tracking page of a parcel that was shipped.',
  })
  fulfillmentTrackingSet(
    @Arg('input', () => FulfillmentTrackingSetInput) input: FulfillmentTrackingSetInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#service.setTracking(ctx, input), presentOne);
  }

  @ForScope(OrdersWrite)
  @Mutation(() => FulfillmentDeliverPayload, { nullable: true, description: 'Marks the parcel as delivered.' })
  fulfillmentDeliver(
    @Arg('input', () => FulfillmentDeliverInput) input: FulfillmentDeliverInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#service.deliver(ctx, input), presentOne);
  }

  @ForScope(OrdersWrite)
  @Mutation(() => FulfillmentCancelPayload, {
    nullable: true,
    description: 'Cancels a parcel that has not shipped. Its units are open again.',
  })
  fulfillmentCancel(
    @Arg('input', () => FulfillmentCancelInput) input: FulfillmentCancelInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#service.cancel(ctx, input), presentOne);
  }
}

function presentOne([fulfillment]: readonly Fulfillment[]) {
  return { fulfillment: fulfillment ? presentFulfillment(fulfillment) : null };
}
