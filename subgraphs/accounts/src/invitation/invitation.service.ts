import { actorId, hasScope, requireScope, systemContext, type RequestContext } from '@souk/kit/context';
import {
  changeable,
  err,
  failure,
  ok,
  tooManyAttempts,
  type Clock,
  type Failure,
  type InvalidPage,
  type NotFound,
  type PageRequest,
  type Result,
  type TooManyAttempts,
  type VersionConflict,
} from '@souk/kit/domain';
import {
  mutate,
  type ChangeInput,
  type IdempotencyFailure,
  type KeysetPage,
  type MutationInput,
} from '@souk/kit/persistence';
import { UsersRead, UsersWrite } from '../contract.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { queueMessage } from '../message/message.repository.ts';
import type { SessionService, SignedIn } from '../session/session.service.ts';
import { grantable, type RoleNotGrantable } from '../user/member.ts';
import { lockStaff } from '../user/member.repository.ts';
import { refusePassword, type CommonPassword } from '../user/password-policy.ts';
import { hashPassword } from '../user/password.ts';
import { mayGrant, type RoleScopes, type StaffRole } from '../user/role.policy.ts';
import { grantorById, userByEmail } from '../user/user.repository.ts';
import { addUser, EMAIL_TAKEN, EMAIL_VIOLATIONS, type EmailTaken } from '../user/user.service.ts';
import { InvitationEntity } from './invitation.entity.ts';
import {
  invitationById,
  invitationIdOf,
  invitationPage,
  invitationPause,
  shopInvitationPause,
  tenantOfInvitation,
  type InvitationRecord,
} from './invitation.repository.ts';
import { invitationExpiry, invitationTokenHash, isOpen } from './invitation.ts';

/** Returned when an invitation is unknown, expired, revoked or accepted, or when a newer mail replaced its token. */
export type InvitationInvalid = Failure<'INVITATION_INVALID'>;

export type InviteRefusal = EmailTaken | RoleNotGrantable | TooManyAttempts | IdempotencyFailure;
export type RevokeRefusal = RoleNotGrantable | NotFound | VersionConflict | IdempotencyFailure;
export type AcceptRefusal = InvitationInvalid | CommonPassword | EmailTaken | IdempotencyFailure;

/** The token of an invitation, with the name and the password that the invited person chose. */
export interface Acceptance {
  readonly token: string;
  readonly password: string;
  readonly name: string;
}

export interface InvitationDependencies {
  readonly unitOfWork: AccountsUnitOfWork;
  readonly sessions: Pick<SessionService, 'open'>;
  readonly roleScopes: RoleScopes;
  readonly clock: Clock;
}

/** Invites people to the staff of a shop by mail. The invited person chooses the password. */
export class InvitationService {
  readonly #dependencies: InvitationDependencies;

  constructor(dependencies: InvitationDependencies) {
    this.#dependencies = dependencies;
  }

  /** A page of the open invitations. @throws AccessDeniedError without `users:read` */
  page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<InvitationRecord>, InvalidPage>> {
    requireScope(ctx, UsersRead);
    return this.#dependencies.unitOfWork.read(ctx, (tx) => invitationPage(tx, page));
  }

  /** The open invitation with the id. Null without `users:read`. */
  async find(ctx: RequestContext, id: string): Promise<InvitationRecord | null> {
    if (!hasScope(ctx, UsersRead)) return null;
    return this.#dependencies.unitOfWork.read(ctx, (tx) => invitationById(tx, id));
  }

  /**
   * Sends an invitation. An open invitation to the same address receives the new role, and its earlier link becomes
   * invalid. An address receives at most `MOST_INVITATIONS_PER_HOUR` invitations of the shop in an hour, because it may
   * belong to a stranger. A shop sends at most `MOST_INVITATIONS_OF_SHOP` in an hour.
   * @returns the id of the invitation
   */
  invite(
    ctx: RequestContext,
    input: MutationInput & { readonly email: string; readonly role: StaffRole },
  ): Promise<Result<string, InviteRefusal>> {
    const mutation = { scope: UsersWrite, operation: 'userInvite', input };
    return mutate(this.#dependencies.unitOfWork, ctx, mutation, async (tx): Promise<Result<string, InviteRefusal>> => {
      const granted = this.#grantable(ctx, input.role);
      if (!granted.ok) return granted;
      await lockStaff(tx);
      if (await userByEmail(tx, input.email)) return err(EMAIL_TAKEN);
      const pauseSeconds = await invitationPause(tx, input.email);
      if (pauseSeconds > 0) return err(tooManyAttempts('This address was invited', pauseSeconds, ['email']));
      const shopPauseSeconds = await shopInvitationPause(tx);
      if (shopPauseSeconds > 0) return err(tooManyAttempts('Your shop invited people', shopPauseSeconds, ['email']));
      const { id, sendings } = await this.#saveInvitation(tx, input);
      const fact = `invitation:${id}:${sendings}`;
      queueMessage(tx, { fact, template: 'USER_INVITED', referenceId: id, locale: ctx.locale });
      return ok(id);
    });
  }

  /** Revokes an invitation, which makes its link invalid. @returns the id of the invitation */
  revoke(ctx: RequestContext, input: ChangeInput): Promise<Result<string, RevokeRefusal>> {
    const mutation = { scope: UsersWrite, operation: 'invitationRevoke', input };
    return mutate(this.#dependencies.unitOfWork, ctx, mutation, async (tx): Promise<Result<string, RevokeRefusal>> => {
      const found = changeable(await openInvitation(tx, { id: input.id }), input, 'open invitation');
      if (!found.ok) return found;
      const granted = this.#grantable(ctx, found.value.role);
      if (!granted.ok) return granted;
      found.value.deletedAt = this.#dependencies.clock.now();
      return ok(found.value.id);
    });
  }

  /** Accepts an invitation: creates the user and logs in. The caller is not logged in, so the token determines the tenant. */
  async accept(ctx: RequestContext, acceptance: Acceptance): Promise<Result<SignedIn, AcceptRefusal>> {
    const { unitOfWork, sessions } = this.#dependencies;
    const tenantId = await tenantOfInvitation(unitOfWork, acceptance.token);
    if (tenantId === null) return err(invitationInvalid());
    const within = systemContext(tenantId, 'accounts.invitation', ctx.correlationId);
    const passwordHash = await hashPassword(acceptance.password); // outside of the transaction, because the hash is slow on purpose
    const mutation = { scope: null, operation: 'invitationAccept', input: {}, uniqueViolations: EMAIL_VIOLATIONS };
    const accepted = await mutate(unitOfWork, within, mutation, (tx) => this.#accept(tx, acceptance, passwordHash));
    if (!accepted.ok) return accepted;
    const signedIn = await sessions.open(ctx, accepted.value, tenantId);
    return signedIn ? ok(signedIn) : err(invitationInvalid());
  }

  async #accept(
    tx: AccountsTransaction,
    { token, password, name }: Acceptance,
    passwordHash: string,
  ): Promise<Result<string, AcceptRefusal>> {
    const now = this.#dependencies.clock.now();
    await lockStaff(tx);
    const invitation = await openInvitation(tx, { tokenHash: invitationTokenHash(token) });
    if (!invitation || !isOpen(invitation, now) || !(await this.#isStillGranted(tx, invitation)))
      return err(invitationInvalid());
    const refused = refusePassword(password, invitation.email);
    if (refused) return err(refused);
    invitation.acceptedAt = now;
    invitation.tokenHash = null;
    const user = await addUser(tx, { email: invitation.email, role: invitation.role, name, passwordHash });
    return ok(user.id);
  }

  /** Whether the sender of the invitation may still grant the role. Invitations of the platform may grant every role. */
  async #isStillGranted(tx: AccountsTransaction, { createdBy, role }: InvitationEntity): Promise<boolean> {
    const inviter = createdBy ? await grantorById(tx, createdBy) : null;
    const { roleScopes } = this.#dependencies;
    return (
      !inviter || (inviter.isActive && roleScopes[role].every((scope) => roleScopes[inviter.role].includes(scope)))
    );
  }

  async #saveInvitation(
    tx: AccountsTransaction,
    { email, role }: { readonly email: string; readonly role: StaffRole },
  ): Promise<{ readonly id: string; readonly sendings: number }> {
    const expiresAt = invitationExpiry(this.#dependencies.clock.now());
    const id = await invitationIdOf(tx, email);
    const earlier = id === null ? null : await openInvitation(tx, { id });
    // An invitation is valid only while its sender may grant the role. A second sender therefore needs a new invitation, and the earlier
    // invitation is deleted.
    const isOfOther = earlier !== null && earlier.createdBy !== actorId(tx.ctx);
    if (isOfOther) {
      earlier.deletedAt = this.#dependencies.clock.now();
      await tx.em.flush();
    }
    if (!earlier || isOfOther) {
      const created = tx.em.create(InvitationEntity, { email, role, expiresAt });
      await tx.em.flush();
      return created;
    }
    const sendings = earlier.sendings + 1;
    Object.assign(earlier, { email, role, expiresAt, sendings, tokenHash: null });
    return { id: earlier.id, sendings };
  }

  #grantable(ctx: RequestContext, role: StaffRole): Result<void, RoleNotGrantable> {
    return grantable([role], (each) => mayGrant(ctx, this.#dependencies.roleScopes, each));
  }
}

function openInvitation(
  tx: AccountsTransaction,
  where: { readonly id: string } | { readonly tokenHash: string },
): Promise<InvitationEntity | null> {
  return tx.em.findOne(InvitationEntity, { ...where, acceptedAt: null });
}

function invitationInvalid(): InvitationInvalid {
  const message = 'The invitation was used, has expired or was replaced: ask the shop for a new one';
  return failure('INVITATION_INVALID', message, ['token']);
}
