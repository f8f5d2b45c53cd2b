import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { CustomersWrite } from '../contract.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import { respond } from '../user-errors.ts';
import {
  CustomerGroupCreateInput,
  CustomerGroupDeleteInput,
  CustomerGroupMembersAddInput,
  CustomerGroupMembersRemoveInput,
  CustomerGroupUpdateInput,
} from './customer-group.inputs.ts';
import { presentCustomerGroup } from './customer-group.presenter.ts';
import type { CustomerGroupService } from './customer-group.service.ts';
import { CustomerGroupType } from './customer-group.types.ts';

const payloadOf = (name: string) => entityPayload(name, 'customerGroup', CustomerGroupType);
const CreatePayload = payloadOf('CustomerGroupCreate');
const UpdatePayload = payloadOf('CustomerGroupUpdate');
const MembersAddPayload = payloadOf('CustomerGroupMembersAdd');
const MembersRemovePayload = payloadOf('CustomerGroupMembersRemove');
const DeletePayload = deletePayload('CustomerGroupDelete');

@Resolver()
export class CustomerGroupMutationResolver {
  readonly #groups: CustomerGroupService;

  constructor(groups: CustomerGroupService) {
    this.#groups = groups;
  }

  @ForScope(CustomersWrite)
  @Mutation(() => CreatePayload, { nullable: true })
  customerGroupCreate(
    @Arg('input', () => CustomerGroupCreateInput) input: CustomerGroupCreateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#groups.create(ctx, input));
  }

  @ForScope(CustomersWrite)
  @Mutation(() => UpdatePayload, { nullable: true })
  customerGroupUpdate(
    @Arg('input', () => CustomerGroupUpdateInput) input: CustomerGroupUpdateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#groups.update(ctx, input));
  }

  @ForScope(CustomersWrite)
  @Mutation(() => DeletePayload, {
    nullable: true,
    description: 'Deletes a group. Its customers stay customers, and leave the group.',
  })
  customerGroupDelete(
    @Arg('input', () => CustomerGroupDeleteInput) input: CustomerGroupDeleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#groups.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  @ForScope(CustomersWrite)
  @Mutation(() => MembersAddPayload, {
    nullable: true,
    description:
      'Adds customers. Those who are members stay members. A customer belongs to at most 20 groups. A change reaches a logged-in customer with the next token, within 15 minutes.',
  })
  customerGroupMembersAdd(
    @Arg('input', () => CustomerGroupMembersAddInput) input: CustomerGroupMembersAddInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#groups.addMembers(ctx, input));
  }

  @ForScope(CustomersWrite)
  @Mutation(() => MembersRemovePayload, {
    nullable: true,
    description: 'Removes customers. Ids of customers outside of the group are ignored.',
  })
  customerGroupMembersRemove(
    @Arg('input', () => CustomerGroupMembersRemoveInput) input: CustomerGroupMembersRemoveInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#groups.removeMembers(ctx, input));
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ customerGroup: this.#changed(ctx, id) }));
  }

  /** Reads the changed group for the payload. Null when the caller may change groups but not read them. */
  async #changed(ctx: RequestContext, id: string) {
    const group = (await this.#groups.referenced(ctx, [id])).get(id);
    return group ? presentCustomerGroup(group) : null;
  }
}
