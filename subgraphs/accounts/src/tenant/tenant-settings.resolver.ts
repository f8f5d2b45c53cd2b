import type { RequestContext } from '@souk/kit/context';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { TenantRead, TenantWrite } from '../contract.ts';
import { entityPayload } from '../payload.types.ts';
import { respond } from '../user-errors.ts';
import { TenantUpdateInput } from './tenant.inputs.ts';
import type { TenantService } from './tenant.service.ts';
import type { TenantSettingsService } from './tenant-settings.service.ts';
import { presentTenantSettings, TenantBrandType, TenantSettingsType } from './tenant-settings.types.ts';
import { TenantType } from './tenant.types.ts';

const TenantUpdatePayload = entityPayload('TenantUpdate', 'tenant', TenantType);

/**
 * The settings of the caller's tenant. A login may return a user of another tenant than the tenant of the request. The
 * fields of such a tenant are null.
 */
@Resolver(() => TenantType)
export class TenantSettingsResolver {
  readonly #settings: TenantSettingsService;
  readonly #tenants: TenantService;

  constructor(settings: TenantSettingsService, tenants: TenantService) {
    this.#settings = settings;
    this.#tenants = tenants;
  }

  @FieldResolver(() => TenantBrandType, {
    nullable: true,
    description: 'The name and the color of the shop for buyers.',
  })
  async brand(@Root() { id }: TenantType, @Ctx() ctx: RequestContext): Promise<TenantBrandType | null> {
    const found = id === ctx.tenantId ? await this.#settings.brand(ctx) : null;
    return found && { name: found.brand_name ?? found.name, color: found.brand_color };
  }

  @ForScope(TenantRead)
  @FieldResolver(() => TenantSettingsType, { nullable: true })
  async settings(@Root() { id }: TenantType, @Ctx() ctx: RequestContext): Promise<TenantSettingsType | null> {
    const found = id === ctx.tenantId ? await this.#settings.settings(ctx) : null;
    return found && presentTenantSettings(found);
  }

  @ForScope(TenantRead)
  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [String], { nullable: true, description: 'The host names, without a port. At most 100.' })
  async hosts(@Root() { id }: TenantType, @Ctx() ctx: RequestContext): Promise<readonly string[] | null> {
    return id === ctx.tenantId ? this.#settings.hosts(ctx) : null;
  }

  @ForScope(TenantWrite)
  @Mutation(() => TenantUpdatePayload, {
    nullable: true,
    description: 'Changes the settings of the shop. An omitted field keeps its value.',
  })
  tenantUpdate(@Arg('input', () => TenantUpdateInput) input: TenantUpdateInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#settings.update(ctx, input),
      () => ({ tenant: this.#tenants.current(ctx) }),
    );
  }
}
