import { SettingsWrite } from '@souk/accounts/contract';
import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { respond } from '../user-errors.ts';
import {
  ShippingMethodConnection,
  ShippingMethodCreatePayload,
  ShippingMethodDeletePayload,
  ShippingMethodUpdatePayload,
} from './shipping-method-setup.types.ts';
import {
  ShippingMethodCreateInput,
  ShippingMethodDeleteInput,
  ShippingMethodUpdateInput,
} from './shipping-method.inputs.ts';
import type { StoredShippingMethod } from './shipping-method-settings.ts';
import { changesOf, presentShippingMethodSetup } from './shipping-method.presenter.ts';
import type { ShippingMethodService } from './shipping-method.service.ts';

@Resolver()
export class ShippingMethodResolver {
  readonly #methods: ShippingMethodService;

  constructor(methods: ShippingMethodService) {
    this.#methods = methods;
  }

  @ForScope(SettingsWrite)
  @Query(() => ShippingMethodConnection, {
    nullable: true,
    description: 'The shipping methods of the shop in the order that buyers see.',
  })
  async shippingMethods(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#methods.page(ctx, page)), presentShippingMethodSetup);
  }

  @ForScope(SettingsWrite)
  @Mutation(() => ShippingMethodCreatePayload, { nullable: true, description: 'Adds a shipping method.' })
  shippingMethodCreate(
    @Arg('input', () => ShippingMethodCreateInput) input: ShippingMethodCreateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#methods.create(ctx, input), presentPayload);
  }

  @ForScope(SettingsWrite)
  @Mutation(() => ShippingMethodUpdatePayload, {
    nullable: true,
    description: 'Changes a shipping method. Carts use the change at once, orders keep their terms.',
  })
  shippingMethodUpdate(
    @Arg('input', () => ShippingMethodUpdateInput) input: ShippingMethodUpdateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#methods.update(ctx, input, changesOf(input)), presentPayload);
  }

  @ForScope(SettingsWrite)
  @Mutation(() => ShippingMethodDeletePayload, {
    nullable: true,
    description: 'Deletes a shipping method, or deactivates it when a cart has chosen it. Orders keep its name.',
  })
  shippingMethodDelete(
    @Arg('input', () => ShippingMethodDeleteInput) input: ShippingMethodDeleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#methods.delete(ctx, input),
      (kept) => ({ deletedId: kept ? null : input.id, shippingMethod: kept && presentShippingMethodSetup(kept) }),
    );
  }
}

function presentPayload(method: StoredShippingMethod) {
  return { shippingMethod: presentShippingMethodSetup(method) };
}
