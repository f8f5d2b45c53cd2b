import { SettingsWrite } from '@souk/accounts/contract';
import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { respond } from '../user-errors.ts';
import { ShippingZoneCreateInput, ShippingZoneDeleteInput, ShippingZoneUpdateInput } from './shipping-zone.inputs.ts';
import type { ShippingZoneService } from './shipping-zone.service.ts';
import {
  ShippingZoneConnection,
  ShippingZoneCreatePayload,
  ShippingZoneDeletePayload,
  ShippingZoneType,
  ShippingZoneUpdatePayload,
} from './shipping-zone.types.ts';

@Resolver(() => ShippingZoneType)
export class ShippingZoneResolver {
  readonly #zones: ShippingZoneService;

  constructor(zones: ShippingZoneService) {
    this.#zones = zones;
  }

  @ForScope(SettingsWrite)
  @Query(() => ShippingZoneConnection, { nullable: true, description: 'The shipping zones of the shop by name.' })
  async shippingZones(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#zones.page(ctx, page)), (zone) => zone);
  }

  @ForScope(SettingsWrite)
  @Query(() => ShippingZoneType, { nullable: true, description: 'Returns a shipping zone by its id.' })
  shippingZone(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    return this.#zones.find(ctx, requireId('id', id));
  }

  @ForScope(SettingsWrite)
  @Mutation(() => ShippingZoneCreatePayload, { nullable: true, description: 'Adds a shipping zone.' })
  shippingZoneCreate(
    @Arg('input', () => ShippingZoneCreateInput) input: ShippingZoneCreateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#zones.create(ctx, input),
      (shippingZone) => ({ shippingZone }),
    );
  }

  @ForScope(SettingsWrite)
  @Mutation(() => ShippingZoneUpdatePayload, {
    nullable: true,
    description: 'Changes a shipping zone. Carts use the change at once, orders keep their shipping.',
  })
  shippingZoneUpdate(
    @Arg('input', () => ShippingZoneUpdateInput) input: ShippingZoneUpdateInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { name, areas } = input;
    const changes = { ...(name !== undefined && { name }), ...(areas !== undefined && { areas }) };
    return respond(
      input,
      () => this.#zones.update(ctx, input, changes),
      (shippingZone) => ({ shippingZone }),
    );
  }

  @ForScope(SettingsWrite)
  @Mutation(() => ShippingZoneDeletePayload, {
    nullable: true,
    description: 'Deletes a shipping zone in which no method has prices.',
  })
  shippingZoneDelete(
    @Arg('input', () => ShippingZoneDeleteInput) input: ShippingZoneDeleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#zones.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }
}
