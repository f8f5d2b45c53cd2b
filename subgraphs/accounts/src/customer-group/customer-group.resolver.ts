import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow, type RequestLoader } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { CustomersRead } from '../contract.ts';
import { presentCustomer } from '../customer/customer.presenter.ts';
import { CustomerConnection, CustomerType } from '../customer/customer.types.ts';
import { presentCustomerGroup } from './customer-group.presenter.ts';
import type { CustomerGroupRecord } from './customer-group.repository.ts';
import type { CustomerGroupService } from './customer-group.service.ts';
import { CustomerGroupConnection, CustomerGroupType } from './customer-group.types.ts';

@Resolver(() => CustomerGroupType)
export class CustomerGroupResolver {
  readonly #groups: CustomerGroupService;

  constructor(groups: CustomerGroupService) {
    this.#groups = groups;
  }

  @ForScope(CustomersRead)
  @Query(() => CustomerGroupType, { nullable: true })
  async customerGroup(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#groups.find(ctx, requireId('id', id));
    return found && presentCustomerGroup(found);
  }

  @ForScope(CustomersRead)
  @Query(() => CustomerGroupConnection, { nullable: true, description: 'All customer groups, by code.' })
  async customerGroups(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#groups.page(ctx, page)), presentCustomerGroup);
  }

  @ForScope(CustomersRead)
  @FieldResolver(() => CustomerConnection, { nullable: true, description: 'The latest members first.' })
  async customers(@Root() { id }: CustomerGroupType, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#groups.members(ctx, id, page)), presentCustomer);
  }
}

/** Resolves the field `groups` of a customer. */
@Resolver(() => CustomerType)
export class CustomerGroupsResolver {
  readonly #loader: RequestLoader<string, readonly CustomerGroupRecord[]>;

  constructor(loader: RequestLoader<string, readonly CustomerGroupRecord[]>) {
    this.#loader = loader;
  }

  @ForScope(CustomersRead)
  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [CustomerGroupType], {
    nullable: true,
    description: 'At most 20, by code. For staff.',
  })
  async groups(@Root() { id }: CustomerType, @Ctx() ctx: RequestContext) {
    return ((await this.#loader.load(ctx, id)) ?? []).map(presentCustomerGroup);
  }
}
