import { SettingsWrite } from '@souk/accounts/contract';
import type { RequestContext } from '@souk/kit/context';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { respond } from '../user-errors.ts';
import { draftOf, presentAccount } from './payment-account.presenter.ts';
import type { PaymentAccountService } from './payment-account.service.ts';
import { PaymentAccountSetInput, PaymentAccountSetPayload, PaymentAccountType } from './payment-account.types.ts';

@Resolver(() => PaymentAccountType)
export class PaymentAccountResolver {
  readonly #accounts: PaymentAccountService;

  constructor(accounts: PaymentAccountService) {
    this.#accounts = accounts;
  }

  @ForScope(SettingsWrite)
  @Query(() => [PaymentAccountType], {
    nullable: true,
    description: "The shop's accounts at payment providers, at most one for each provider.",
  })
  async paymentAccounts(@Ctx() ctx: RequestContext) {
    return (await this.#accounts.list(ctx)).map(presentAccount);
  }

  @ForScope(SettingsWrite)
  @Mutation(() => PaymentAccountSetPayload, {
    nullable: true,
    description: "Creates the shop's account at a provider, or replaces all of its settings.",
  })
  paymentAccountSet(
    @Arg('input', () => PaymentAccountSetInput) input: PaymentAccountSetInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#accounts.set(ctx, draftOf(input)),
      (account) => ({ account: presentAccount(account) }),
    );
  }
}
