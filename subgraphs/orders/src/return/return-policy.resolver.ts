import { SettingsWrite } from '@souk/accounts/contract';
import type { RequestContext } from '@souk/kit/context';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { respond } from '../user-errors.ts';
import type { ReturnPolicyService } from './return-policy.service.ts';
import { ReturnPolicySetInput } from './return.inputs.ts';
import { ReturnPolicySetPayload, ReturnPolicyType } from './return.types.ts';

@Resolver()
export class ReturnPolicyResolver {
  readonly #service: ReturnPolicyService;

  constructor(service: ReturnPolicyService) {
    this.#service = service;
  }

  @Query(() => ReturnPolicyType, { nullable: true, description: 'The terms on which the shop takes units back.' })
  returnPolicy(@Ctx() ctx: RequestContext): Promise<ReturnPolicyType> {
    return this.#service.find(ctx);
  }

  @ForScope(SettingsWrite)
  @Mutation(() => ReturnPolicySetPayload, {
    nullable: true,
    description: 'Sets the days in which buyers may return units.',
  })
  returnPolicySet(@Arg('input', () => ReturnPolicySetInput) input: ReturnPolicySetInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#service.set(ctx, input),
      (returnPolicy) => ({ returnPolicy }),
    );
  }
}
