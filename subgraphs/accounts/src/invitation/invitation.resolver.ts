import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, valueOrThrow } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Directive, Info, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { UsersRead, UsersWrite } from '../contract.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import { presentTokens, reported } from '../session/signed-in.presenter.ts';
import { TokensPayload } from '../session/session.types.ts';
import { respond } from '../user-errors.ts';
import { InvitationAcceptInput, InvitationRevokeInput, UserInviteInput } from './invitation.inputs.ts';
import { presentInvitation } from './invitation.presenter.ts';
import type { InvitationService } from './invitation.service.ts';
import { InvitationConnection, InvitationType } from './invitation.types.ts';

const InvitePayload = entityPayload('UserInvite', 'invitation', InvitationType);
const RevokePayload = deletePayload('InvitationRevoke');

@ObjectType({ simpleResolvers: true })
class InvitationAcceptPayload extends TokensPayload {}

@Resolver()
export class InvitationResolver {
  readonly #invitations: InvitationService;

  constructor(invitations: InvitationService) {
    this.#invitations = invitations;
  }

  @ForScope(UsersRead)
  @Query(() => InvitationConnection, { nullable: true, description: 'The open invitations, the newest first.' })
  async invitations(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#invitations.page(ctx, page)), presentInvitation);
  }

  @ForScope(UsersWrite)
  @Mutation(() => InvitePayload, {
    nullable: true,
    description:
      'Sends a mail with a link, for `invitationAccept`. A second invitation of an address replaces the first. An address receives at most 5 in an hour. A caller grants no role with a scope that the caller lacks.',
  })
  userInvite(@Arg('input', () => UserInviteInput) input: UserInviteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#invitations.invite(ctx, input),
      (id) => ({ invitation: this.#changed(ctx, id) }),
    );
  }

  @ForScope(UsersWrite)
  @Mutation(() => RevokePayload, { nullable: true, description: 'Revokes an invitation: its link becomes invalid.' })
  invitationRevoke(
    @Arg('input', () => InvitationRevokeInput) input: InvitationRevokeInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#invitations.revoke(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  @Directive('@cost(weight: 100)')
  @Mutation(() => InvitationAcceptPayload, {
    nullable: true,
    description:
      'Creates the user of an invitation with a password, and logs in. Needs no tenant. The link works once, for seven days.',
  })
  invitationAccept(
    @Arg('input', () => InvitationAcceptInput) input: InvitationAcceptInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const { token, password, name } = input;
    const acceptance = { token, password, name: name ?? '' };
    return respond(input, () => reported(this.#invitations.accept(ctx, acceptance), ctx, info), presentTokens);
  }

  async #changed(ctx: RequestContext, id: string) {
    const invitation = await this.#invitations.find(ctx, id);
    return invitation && presentInvitation(invitation);
  }
}
