import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ForScope, PageArgs, presentConnection, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { UsersRead, UsersWrite } from '../contract.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import { respond } from '../user-errors.ts';
import {
  UserDisableInput,
  UserEnableInput,
  UserMfaResetInput,
  UserRemoveInput,
  UserRoleSetInput,
  UserSessionsEndInput,
} from './member.inputs.ts';
import type { MemberService } from './member.service.ts';
import type { UserService } from './user.service.ts';
import { userOf } from './user.ts';
import { UserConnection, UserType } from './user.types.ts';

const payloadOf = (name: string) => entityPayload(name, 'user', UserType);
const RoleSetPayload = payloadOf('UserRoleSet');
const DisablePayload = payloadOf('UserDisable');
const EnablePayload = payloadOf('UserEnable');
const SessionsEndPayload = payloadOf('UserSessionsEnd');
const MfaResetPayload = payloadOf('UserMfaReset');
const RemovePayload = deletePayload('UserRemove');

@Resolver()
export class MemberResolver {
  readonly #members: MemberService;
  readonly #users: UserService;

  constructor(members: MemberService, users: UserService) {
    this.#members = members;
    this.#users = users;
  }

  @ForScope(UsersRead)
  @Query(() => UserConnection, { nullable: true, description: 'The staff of the shop, the oldest accounts first.' })
  async users(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#members.page(ctx, page)), userOf);
  }

  @ForScope(UsersWrite)
  @Mutation(() => RoleSetPayload, {
    nullable: true,
    description:
      'Changes the role of a member of the staff, and ends the sessions of the member. A caller grants no role with a scope that the caller lacks, and the last owner stays an owner.',
  })
  userRoleSet(@Arg('input', () => UserRoleSetInput) input: UserRoleSetInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#members.changeRole(ctx, input));
  }

  @ForScope(UsersWrite)
  @Mutation(() => DisablePayload, {
    nullable: true,
    description: 'Keeps a member of the staff from logging in, and ends the sessions of the member.',
  })
  userDisable(@Arg('input', () => UserDisableInput) input: UserDisableInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#members.disable(ctx, input));
  }

  @ForScope(UsersWrite)
  @Mutation(() => EnablePayload, {
    nullable: true,
    description: 'Lets a member of the staff log in again, who was disabled, or locked after failed logins.',
  })
  userEnable(@Arg('input', () => UserEnableInput) input: UserEnableInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#members.enable(ctx, input));
  }

  @ForScope(UsersWrite)
  @Mutation(() => SessionsEndPayload, {
    nullable: true,
    description: 'Ends all sessions of a member of the staff, who can log in again.',
  })
  userSessionsEnd(@Arg('input', () => UserSessionsEndInput) input: UserSessionsEndInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#members.endSessions(ctx, input));
  }

  @ForScope(UsersWrite)
  @Mutation(() => MfaResetPayload, {
    nullable: true,
    description:
      'Removes the authenticator app and the recovery codes of a member of the staff who lost them, and ends the sessions of the member.',
  })
  userMfaReset(@Arg('input', () => UserMfaResetInput) input: UserMfaResetInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#members.resetMfa(ctx, input));
  }

  @ForScope(UsersWrite)
  @Mutation(() => RemovePayload, {
    nullable: true,
    description: 'Removes a member of the staff, ends the sessions of the member, and erases the e-mail address.',
  })
  userRemove(@Arg('input', () => UserRemoveInput) input: UserRemoveInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#members.remove(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ user: this.#changed(ctx, id) }));
  }

  /** Reads the changed user for the payload. Null when the caller may change users but not read them. */
  async #changed(ctx: RequestContext, id: string) {
    return (await this.#users.visible(ctx, [id])).get(id) ?? null;
  }
}
