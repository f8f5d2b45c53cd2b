import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import { CustomersRead } from '../contract.ts';
import { presentCustomer } from './customer.presenter.ts';
import type { CustomerService } from './customer.service.ts';
import { CustomerConnection, CustomerType } from './customer.types.ts';

@Resolver()
export class CustomerResolver {
  readonly #service: CustomerService;

  constructor(service: CustomerService) {
    this.#service = service;
  }

  @ForScope(CustomersRead)
  @Query(() => CustomerType, { nullable: true })
  async customer(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#service.find(ctx, requireId('id', id));
    return found && presentCustomer(found);
  }

  @ForScope(CustomersRead)
  @Query(() => CustomerConnection, { nullable: true, description: 'Newest first.' })
  async customers(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    const found = valueOrThrow(await this.#service.page(ctx, page));
    return presentConnection(found, presentCustomer);
  }
}
