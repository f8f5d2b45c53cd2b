import type { RequestContext } from '@souk/kit/context';
import { ok } from '@souk/kit/domain';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Directive, Info, Mutation, ObjectType, Resolver } from 'type-graphql';
import { refusalPayload } from '../payload.types.ts';
import { presentTokens, reported } from '../session/signed-in.presenter.ts';
import { TokensPayload } from '../session/session.types.ts';
import { respond } from '../user-errors.ts';
import {
  CustomerRegisterInput,
  CustomerVerifyInput,
  LoginLinkRequestInput,
  LoginLinkUseInput,
  PasswordResetInput,
  PasswordResetRequestInput,
} from './account-link.inputs.ts';
import type { AccountLinkService } from './account-link.service.ts';

const CustomerRegisterPayload = refusalPayload('CustomerRegister');
const PasswordResetRequestPayload = refusalPayload('PasswordResetRequest');
const LoginLinkRequestPayload = refusalPayload('LoginLinkRequest');

@ObjectType({ simpleResolvers: true })
class CustomerVerifyPayload extends TokensPayload {}

@ObjectType({ simpleResolvers: true })
class PasswordResetPayload extends TokensPayload {}

@ObjectType({ simpleResolvers: true })
class LoginLinkUsePayload extends TokensPayload {}

/** The mutations that send or use links in mails. A mutation with a password has a high cost, because it computes a slow password hash. */
@Resolver()
export class AccountLinkResolver {
  readonly #links: AccountLinkService;

  constructor(links: AccountLinkService) {
    this.#links = links;
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => CustomerRegisterPayload, {
    nullable: true,
    description:
      'Sends a mail with a link for `customerVerify`, which opens an account. The response is the same when the address has an account already.',
  })
  customerRegister(
    @Arg('input', () => CustomerRegisterInput) input: CustomerRegisterInput,
    @Ctx() ctx: RequestContext,
  ) {
    return requested(input, () => this.#links.register(ctx, input));
  }

  @Directive('@cost(weight: 100)')
  @Mutation(() => CustomerVerifyPayload, {
    nullable: true,
    description: 'Opens the account of a link with a password, and logs in. The link works once, within 24 hours.',
  })
  customerVerify(
    @Arg('input', () => CustomerVerifyInput) input: CustomerVerifyInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return respond(input, () => reported(this.#links.verify(ctx, input), ctx, info), presentTokens);
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => PasswordResetRequestPayload, {
    nullable: true,
    description:
      'Sends a shopper a mail with a link for `passwordReset`. The response is the same when the address has no account.',
  })
  passwordResetRequest(
    @Arg('input', () => PasswordResetRequestInput) input: PasswordResetRequestInput,
    @Ctx() ctx: RequestContext,
  ) {
    return requested(input, () => this.#links.requestReset(ctx, input.email));
  }

  @Directive('@cost(weight: 100)')
  @Mutation(() => PasswordResetPayload, {
    nullable: true,
    description:
      'Changes the password of the account of a link, ends all sessions of the account, and logs in. The link works once, within an hour.',
  })
  passwordReset(
    @Arg('input', () => PasswordResetInput) input: PasswordResetInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return respond(input, () => reported(this.#links.reset(ctx, input), ctx, info), presentTokens);
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => LoginLinkRequestPayload, {
    nullable: true,
    description:
      'Sends a shopper a mail with a link for `loginLinkUse`, which logs in without a password. The response is the same when the address has no account.',
  })
  loginLinkRequest(
    @Arg('input', () => LoginLinkRequestInput) input: LoginLinkRequestInput,
    @Ctx() ctx: RequestContext,
  ) {
    return requested(input, () => this.#links.requestLogin(ctx, input.email));
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => LoginLinkUsePayload, {
    nullable: true,
    description: 'Logs in by a link. The link works once, within 15 minutes.',
  })
  loginLinkUse(
    @Arg('input', () => LoginLinkUseInput) input: LoginLinkUseInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return respond(input, () => reported(this.#links.login(ctx, input.token), ctx, info), presentTokens);
  }
}

function requested(input: object, work: () => Promise<void>) {
  return respond(
    input,
    async () => ok(await work()),
    () => ({}),
  );
}
