import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { CustomersWrite } from '../contract.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import { respond } from '../user-errors.ts';
import {
  CompanyCreateInput,
  CompanyDeleteInput,
  CompanyMembersAddInput,
  CompanyMembersRemoveInput,
  CompanyUpdateInput,
} from './company.inputs.ts';
import { presentCompany } from './company.presenter.ts';
import type { CompanyService } from './company.service.ts';
import { CompanyType } from './company.types.ts';

const payloadOf = (name: string) => entityPayload(name, 'company', CompanyType);
const CreatePayload = payloadOf('CompanyCreate');
const UpdatePayload = payloadOf('CompanyUpdate');
const MembersAddPayload = payloadOf('CompanyMembersAdd');
const MembersRemovePayload = payloadOf('CompanyMembersRemove');
const DeletePayload = deletePayload('CompanyDelete');

@Resolver()
export class CompanyMutationResolver {
  readonly #service: CompanyService;

  constructor(service: CompanyService) {
    this.#service = service;
  }

  @ForScope(CustomersWrite)
  @Mutation(() => CreatePayload, { nullable: true })
  companyCreate(@Arg('input', () => CompanyCreateInput) input: CompanyCreateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#service.create(ctx, input));
  }

  @ForScope(CustomersWrite)
  @Mutation(() => UpdatePayload, { nullable: true })
  companyUpdate(@Arg('input', () => CompanyUpdateInput) input: CompanyUpdateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#service.update(ctx, input));
  }

  @ForScope(CustomersWrite)
  @Mutation(() => DeletePayload, {
    nullable: true,
    description: 'Deletes a company. Its customers stay customers, and leave the company.',
  })
  companyDelete(@Arg('input', () => CompanyDeleteInput) input: CompanyDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#service.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  @ForScope(CustomersWrite)
  @Mutation(() => MembersAddPayload, {
    nullable: true,
    description:
      'Adds customers. Those who are members stay members. A customer buys for at most one company. A change reaches a logged-in customer with the next token, within 15 minutes.',
  })
  companyMembersAdd(
    @Arg('input', () => CompanyMembersAddInput) input: CompanyMembersAddInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#service.addMembers(ctx, input));
  }

  @ForScope(CustomersWrite)
  @Mutation(() => MembersRemovePayload, {
    nullable: true,
    description: 'Removes customers. Ids of customers of no or another company are ignored.',
  })
  companyMembersRemove(
    @Arg('input', () => CompanyMembersRemoveInput) input: CompanyMembersRemoveInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#service.removeMembers(ctx, input));
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ company: this.#changed(ctx, id) }));
  }

  /** Reads the changed company. Null for a caller who may change companies but not read them. */
  async #changed(ctx: RequestContext, id: string) {
    const company = (await this.#service.referenced(ctx, [id])).get(id);
    return company ? presentCompany(company) : null;
  }
}
