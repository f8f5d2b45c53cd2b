import type { RequestContext } from '@souk/kit/context';
import { PageArgs, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import { presentCustomer } from './customer.presenter.ts';
import type { CustomerService } from './customer.service.ts';
import { CustomerConnection, CustomerType } from './customer.types.ts';

const READ = '@requiresScopes(scopes: [["customers:read"]])';

@Resolver()
export class CustomerResolver {
  readonly #service: CustomerService;

  constructor(service: CustomerService) {
    this.#service = service;
  }

  @Directive(READ)
  @Query(() => CustomerType, { nullable: true })
  async customer(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#service.find(ctx, requireId('id', id));
    return found && presentCustomer(ctx, found);
  }

  @Directive(READ)
  @Query(() => CustomerConnection, { nullable: true, description: 'Newest first.' })
  async customers(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    const found = valueOrThrow(await this.#service.page(ctx, page));
    return presentConnection(found, (row) => presentCustomer(ctx, row));
  }
}
