import type { RequestContext } from '@souk/kit/context';
import { TextField } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Directive, Info, InputType, Mutation, Resolver } from 'type-graphql';
import { refusalPayload } from '../payload.types.ts';
import { reported } from '../session/signed-in.presenter.ts';
import { respond } from '../user-errors.ts';
import type { EmailConfirmationService } from './email-confirmation.service.ts';

const ConfirmPayload = refusalPayload('EmailConfirm');

@InputType()
export class EmailConfirmInput {
  @TextField({ description: 'The token of the link, after `#token=`.' })
  token!: string;
}

@Resolver()
export class EmailConfirmationResolver {
  readonly #confirmations: EmailConfirmationService;

  constructor(confirmations: EmailConfirmationService) {
    this.#confirmations = confirmations;
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => ConfirmPayload, {
    nullable: true,
    description:
      'Proves the e-mail address of the owner of a new shop. Needs no tenant. The link works once, for seven days.',
  })
  emailConfirm(
    @Arg('input', () => EmailConfirmInput) input: EmailConfirmInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return respond(
      input,
      () => reported(this.#confirmations.confirm(ctx, input.token), ctx, info),
      () => ({}),
    );
  }
}
