import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow, type RequestLoader } from '@souk/kit/graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { CustomersRead } from '../contract.ts';
import { presentCustomer } from '../customer/customer.presenter.ts';
import { CustomerConnection, CustomerType } from '../customer/customer.types.ts';
import { presentCompany } from './company.presenter.ts';
import type { CompanyRecord } from './company.repository.ts';
import type { CompanyService } from './company.service.ts';
import { CompanyConnection, CompanyType } from './company.types.ts';

@Resolver(() => CompanyType)
export class CompanyResolver {
  readonly #service: CompanyService;

  constructor(service: CompanyService) {
    this.#service = service;
  }

  @ForScope(CustomersRead)
  @Query(() => CompanyType, { nullable: true })
  async company(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#service.find(ctx, requireId('id', id));
    return found && presentCompany(found);
  }

  @ForScope(CustomersRead)
  @Query(() => CompanyConnection, { nullable: true, description: 'All companies, by name.' })
  async companies(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#service.page(ctx, page)), presentCompany);
  }

  @ForScope(CustomersRead)
  @FieldResolver(() => CustomerConnection, { nullable: true, description: 'The latest members first.' })
  async customers(@Root() { id }: CompanyType, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#service.members(ctx, id, page)), presentCustomer);
  }
}

/** The company of a customer, as a field of the customer. */
@Resolver(() => CustomerType)
export class CustomerCompanyResolver {
  readonly #loader: RequestLoader<string, CompanyRecord>;

  constructor(loader: RequestLoader<string, CompanyRecord>) {
    this.#loader = loader;
  }

  @ForScope(CustomersRead)
  @FieldResolver(() => CompanyType, {
    nullable: true,
    description: 'The company for which the customer buys. Null: none. For staff.',
  })
  async company(@Root() { id }: CustomerType, @Ctx() ctx: RequestContext) {
    const found = await this.#loader.load(ctx, id);
    return found && presentCompany(found);
  }
}
