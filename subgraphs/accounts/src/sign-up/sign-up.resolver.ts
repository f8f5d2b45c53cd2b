import type { RequestContext } from '@souk/kit/context';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Directive, Info, Mutation, ObjectType, Resolver } from 'type-graphql';
import { presentTokens, reported } from '../session/signed-in.presenter.ts';
import { TokensPayload } from '../session/session.types.ts';
import { respond } from '../user-errors.ts';
import { SignUpInput } from './sign-up.inputs.ts';
import type { SignUpService } from './sign-up.service.ts';

@ObjectType({ simpleResolvers: true })
class SignUpPayload extends TokensPayload {}

@Resolver()
export class SignUpResolver {
  readonly #signUps: SignUpService;

  constructor(signUps: SignUpService) {
    this.#signUps = signUps;
  }

  @Directive('@cost(weight: 100)')
  @Mutation(() => SignUpPayload, {
    nullable: true,
    description:
      'Opens a shop with its owner, and logs the owner in. `user.tenant` is the new shop. A mail asks the owner to prove the e-mail address with `emailConfirm`.',
  })
  signUp(
    @Arg('input', () => SignUpInput) input: SignUpInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return respond(input, () => reported(this.#signUps.signUp(ctx, input), ctx, info), presentTokens);
  }
}
