import type { RequestContext } from '@souk/kit/context';
import { Ctx, Query, Resolver } from 'type-graphql';
import type { TenantService } from './tenant.service.ts';
import { TenantType } from './tenant.types.ts';

@Resolver()
export class TenantResolver {
  readonly #tenants: TenantService;

  constructor(tenants: TenantService) {
    this.#tenants = tenants;
  }

  @Query(() => TenantType, { nullable: true, description: 'The shop of the request.' })
  tenant(@Ctx() ctx: RequestContext) {
    return this.#tenants.current(ctx);
  }
}
