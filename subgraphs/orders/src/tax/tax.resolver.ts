import type { RequestContext } from '@souk/kit/context';
import { ForScope, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { TaxesRead, TaxesWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import type { TaxCategoryService } from './tax-category.service.ts';
import {
  TaxCategoryCreatePayload,
  TaxCategoryDeletePayload,
  TaxCategoryUpdatePayload,
  TaxSettingsSetPayload,
  TaxStarterRatesAddPayload,
  TaxZoneCreatePayload,
  TaxZoneDeletePayload,
  TaxZoneUpdatePayload,
} from './tax-payloads.types.ts';
import type { TaxSettingsService } from './tax-settings.service.ts';
import type { TaxZoneService } from './tax-zone.service.ts';
import {
  TaxCategoryCreateInput,
  TaxCategoryDeleteInput,
  TaxCategoryUpdateInput,
  TaxSettingsSetInput,
  TaxStarterRatesAddInput,
  TaxZoneCreateInput,
  TaxZoneDeleteInput,
  TaxZoneUpdateInput,
} from './tax.inputs.ts';
import { presentTaxZone, settingsOf, zoneChangesOf } from './tax.presenter.ts';
import { TaxCategoryType, TaxSettingsType, TaxZoneConnection, TaxZonesArgs, TaxZoneType } from './tax.types.ts';

/** The queries and mutations of tax settings and tax categories. */
@Resolver()
export class TaxResolver {
  readonly #settings: TaxSettingsService;
  readonly #categories: TaxCategoryService;

  constructor(settings: TaxSettingsService, categories: TaxCategoryService) {
    this.#settings = settings;
    this.#categories = categories;
  }

  @ForScope(TaxesRead)
  @Query(() => TaxSettingsType, { nullable: true, description: "The shop's decisions about taxes." })
  taxSettings(@Ctx() ctx: RequestContext) {
    return this.#settings.find(ctx);
  }

  @ForScope(TaxesRead)
  @Query(() => [TaxCategoryType], {
    nullable: true,
    description: 'The four categories of every shop, and the at most 100 categories of this shop.',
  })
  taxCategories(@Ctx() ctx: RequestContext) {
    return this.#categories.list(ctx);
  }

  @ForScope(TaxesWrite)
  @Mutation(() => TaxSettingsSetPayload, {
    nullable: true,
    description: 'Changes the tax settings. Carts use the change at once, orders keep their taxes.',
  })
  taxSettingsSet(@Arg('input', () => TaxSettingsSetInput) input: TaxSettingsSetInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#settings.set(ctx, input, settingsOf(input)),
      (taxSettings) => ({ taxSettings }),
    );
  }

  @ForScope(TaxesWrite)
  @Mutation(() => TaxCategoryCreatePayload, { nullable: true, description: 'Adds a tax category.' })
  taxCategoryCreate(
    @Arg('input', () => TaxCategoryCreateInput) input: TaxCategoryCreateInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { code, name, treatment, idempotencyKey } = input;
    const draft = { code, name, treatment: treatment ?? ('TAXED' as const), idempotencyKey };
    return respond(
      input,
      () => this.#categories.create(ctx, draft),
      (taxCategory) => ({ taxCategory }),
    );
  }

  @ForScope(TaxesWrite)
  @Mutation(() => TaxCategoryUpdatePayload, { nullable: true, description: 'Changes a tax category.' })
  taxCategoryUpdate(
    @Arg('input', () => TaxCategoryUpdateInput) input: TaxCategoryUpdateInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { name, treatment } = input;
    const changes = { ...(name !== undefined && { name }), ...(treatment !== undefined && { treatment }) };
    return respond(
      input,
      () => this.#categories.update(ctx, input, changes),
      (taxCategory) => ({ taxCategory }),
    );
  }

  @ForScope(TaxesWrite)
  @Mutation(() => TaxCategoryDeletePayload, {
    nullable: true,
    description: 'Deletes a tax category that no rate names. Its products are taxed as standard.',
  })
  taxCategoryDelete(
    @Arg('input', () => TaxCategoryDeleteInput) input: TaxCategoryDeleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#categories.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }
}

/** The queries and mutations of tax zones and their rates. */
@Resolver(() => TaxZoneType)
export class TaxZoneResolver {
  readonly #zones: TaxZoneService;

  constructor(zones: TaxZoneService) {
    this.#zones = zones;
  }

  @ForScope(TaxesRead)
  @Query(() => TaxZoneConnection, { nullable: true, description: 'The tax zones by name, with their rates.' })
  async taxZones(@Args(() => TaxZonesArgs) { countryCode, ...page }: TaxZonesArgs, @Ctx() ctx: RequestContext) {
    const found = await this.#zones.page(ctx, page, countryCode?.toUpperCase() ?? null);
    return presentConnection(valueOrThrow(found), presentTaxZone);
  }

  @ForScope(TaxesRead)
  @Query(() => TaxZoneType, { nullable: true, description: 'Returns a tax zone by its id.' })
  async taxZone(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#zones.find(ctx, requireId('id', id));
    return found && presentTaxZone(found);
  }

  @ForScope(TaxesWrite)
  @Mutation(() => TaxZoneCreatePayload, {
    nullable: true,
    description: 'Adds a tax zone with its rates. Carts use the rates at once.',
  })
  taxZoneCreate(@Arg('input', () => TaxZoneCreateInput) input: TaxZoneCreateInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#zones.create(ctx, input),
      (zone) => ({ taxZone: presentTaxZone(zone) }),
    );
  }

  @ForScope(TaxesWrite)
  @Mutation(() => TaxZoneUpdatePayload, {
    nullable: true,
    description: 'Changes a tax zone. Its rates are replaced as a whole. Orders keep their taxes.',
  })
  taxZoneUpdate(@Arg('input', () => TaxZoneUpdateInput) input: TaxZoneUpdateInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#zones.update(ctx, input, zoneChangesOf(input)),
      (zone) => ({ taxZone: presentTaxZone(zone) }),
    );
  }

  @ForScope(TaxesWrite)
  @Mutation(() => TaxZoneDeletePayload, {
    nullable: true,
    description: 'Deletes a tax zone with its rates. Orders keep their taxes.',
  })
  taxZoneDelete(@Arg('input', () => TaxZoneDeleteInput) input: TaxZoneDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#zones.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  @ForScope(TaxesWrite)
  @Mutation(() => TaxStarterRatesAddPayload, {
    nullable: true,
    description:
      'Adds a zone with the starter rates of each country: EU, GB, CH, NG, KE, GH, ZA. A starting point: check the rates before selling.',
  })
  taxStarterRatesAdd(
    @Arg('input', () => TaxStarterRatesAddInput) input: TaxStarterRatesAddInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#zones.addStarterRates(ctx, input),
      (zones) => ({ taxZones: zones.map(presentTaxZone) }),
    );
  }
}
