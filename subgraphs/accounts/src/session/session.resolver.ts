import type { RequestContext } from '@souk/kit/context';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Directive, Field, Info, Mutation, ObjectType, Resolver } from 'type-graphql';
import { respond, UserError } from '../user-errors.ts';
import { LoginInput, LogoutInput, TokenRefreshInput } from './session.inputs.ts';
import type { SessionService } from './session.service.ts';
import { TokensPayload } from './session.types.ts';
import { presentTokens, reported } from './signed-in.presenter.ts';

@ObjectType({ simpleResolvers: true })
class LoginPayload extends TokensPayload {}

@ObjectType({ simpleResolvers: true })
class TokenRefreshPayload extends TokensPayload {}

@ObjectType({ simpleResolvers: true })
class LogoutPayload {
  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}

/** The mutations of logins. Their cost is high, because a login computes up to four slow password hashes. */
@Resolver()
export class SessionResolver {
  readonly #sessions: SessionService;

  constructor(sessions: SessionService) {
    this.#sessions = sessions;
  }

  @Directive('@cost(weight: 100)')
  @Mutation(() => LoginPayload, { nullable: true, description: 'Needs no tenant, because the account determines it.' })
  login(
    @Arg('input', () => LoginInput) input: LoginInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return respond(input, () => reported(this.#sessions.login(ctx, input), ctx, info), presentTokens);
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => TokenRefreshPayload, {
    nullable: true,
    description:
      'Within 10 seconds the same token returns the same successor again, because a response may be lost. A used token that is sent later ends its session.',
  })
  tokenRefresh(
    @Arg('input', () => TokenRefreshInput) input: TokenRefreshInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return respond(input, () => reported(this.#sessions.refresh(ctx, input.refreshToken), ctx, info), presentTokens);
  }

  @Mutation(() => LogoutPayload, {
    nullable: true,
    description: 'Ends the session: its tokens become invalid, and its open sockets and event streams are closed.',
  })
  logout(@Arg('input', () => LogoutInput) input: LogoutInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#sessions.logout(ctx, input.refreshToken),
      () => ({}),
    );
  }
}
