import { actorId, requireScope, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import {
  changeable,
  ok,
  type Clock,
  type InvalidPage,
  type NotFound,
  type PageRequest,
  type Result,
  type VersionConflict,
} from '@souk/kit/domain';
import { mutate, type ChangeInput, type IdempotencyFailure, type KeysetPage } from '@souk/kit/persistence';
import { MfaChanged, UserChanged, UsersRead, UsersWrite } from '../contract.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import type { SessionService } from '../session/session.service.ts';
import { deleteFactor } from '../mfa-factor/mfa-factor.repository.ts';
import { clearFailedLogins } from './login-lock.repository.ts';
import { decideMemberChange, type MemberChange, type MemberRefusal } from './member.ts';
import { countOtherOwners, lockStaff, memberById, memberPage } from './member.repository.ts';
import { mayGrant, type Role, type RoleScopes } from './role.policy.ts';
import { UserEntity } from './user.entity.ts';
import type { UserRecord, UserRow } from './user.ts';

export type MemberChangeRefusal = MemberRefusal | NotFound | VersionConflict | IdempotencyFailure;

export interface MemberDependencies {
  readonly unitOfWork: AccountsUnitOfWork;
  readonly sessions: Pick<SessionService, 'endAll'>;
  readonly roleScopes: RoleScopes;
  readonly clock: Clock;
}

type EventChange = 'ROLE_CHANGED' | 'DISABLED' | 'ENABLED' | 'REMOVED';
const EVENT_CHANGES: Readonly<Record<Exclude<MemberChange['kind'], 'END_SESSIONS' | 'RESET_MFA'>, EventChange>> = {
  ROLE: 'ROLE_CHANGED',
  DISABLE: 'DISABLED',
  ENABLE: 'ENABLED',
  REMOVE: 'REMOVED',
};

/** Manages the staff of a shop. Changes need `users:write` and return the id of the user. */
export class MemberService {
  readonly #dependencies: MemberDependencies;

  constructor(dependencies: MemberDependencies) {
    this.#dependencies = dependencies;
  }

  /** A page of the staff, the oldest accounts first. @throws AccessDeniedError without `users:read` */
  page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<UserRow>, InvalidPage>> {
    requireScope(ctx, UsersRead);
    return this.#dependencies.unitOfWork.read(ctx, (tx) => memberPage(tx, page));
  }

  /** Changes the role and ends the sessions of a user. The tokens of the sessions contain the scopes of the earlier role. */
  changeRole(ctx: RequestContext, input: ChangeInput & { readonly role: Role }) {
    return this.#change(ctx, 'userRoleSet', input, { kind: 'ROLE', role: input.role });
  }

  /** Prevents a user from logging in, and ends the user's sessions. */
  disable(ctx: RequestContext, input: ChangeInput) {
    return this.#change(ctx, 'userDisable', input, { kind: 'DISABLE' });
  }

  /** Allows a user who was disabled, or locked after failed logins, to log in again. */
  enable(ctx: RequestContext, input: ChangeInput) {
    return this.#change(ctx, 'userEnable', input, { kind: 'ENABLE' });
  }

  /** Removes a user, ends the user's sessions, and erases the e-mail address. */
  remove(ctx: RequestContext, input: ChangeInput) {
    return this.#change(ctx, 'userRemove', input, { kind: 'REMOVE' });
  }

  endSessions(ctx: RequestContext, input: ChangeInput) {
    return this.#change(ctx, 'userSessionsEnd', input, { kind: 'END_SESSIONS' });
  }

  /** Removes the authenticator app of a user who lost it, and ends the user's sessions. */
  resetMfa(ctx: RequestContext, input: ChangeInput) {
    return this.#change(ctx, 'userMfaReset', input, { kind: 'RESET_MFA' });
  }

  #change(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: MemberChange,
  ): Promise<Result<string, MemberChangeRefusal>> {
    const { unitOfWork, sessions } = this.#dependencies;
    const mutation = { scope: UsersWrite, operation, input };
    return mutate(unitOfWork, ctx, mutation, async (tx): Promise<Result<string, MemberChangeRefusal>> => {
      await lockStaff(tx);
      const found = changeable(await memberById(tx, input.id), input, 'member of the staff');
      if (!found.ok) return found;
      const decided = decideMemberChange(change, await this.#factsOf(ctx, tx, found.value));
      if (!decided.ok) return decided;
      await this.#apply(tx, found.value, change);
      if (change.kind !== 'ENABLE') await sessions.endAll(tx, found.value.id);
      return ok(found.value.id);
    });
  }

  async #factsOf(ctx: RequestContext, tx: AccountsTransaction, member: UserRecord) {
    return {
      member,
      actorId: actorId(ctx),
      otherOwners: await countOtherOwners(tx, member.id),
      mayGrant: (role: Role) => mayGrant(ctx, this.#dependencies.roleScopes, role),
    };
  }

  async #apply(tx: AccountsTransaction, member: UserRecord, change: MemberChange): Promise<void> {
    if (change.kind === 'END_SESSIONS') return;
    if (change.kind === 'RESET_MFA' || change.kind === 'REMOVE') {
      const isReset = (await deleteFactor(tx, member.id)) && change.kind === 'RESET_MFA';
      if (isReset) tx.outbox.append(eventOf(MfaChanged, member.id, { userId: member.id, change: 'RESET' }));
      if (change.kind === 'RESET_MFA') return;
    }
    const now = this.#dependencies.clock.now();
    const user = await tx.em.findOneOrFail(UserEntity, { id: member.id });
    if (change.kind === 'ROLE') user.role = change.role;
    if (change.kind === 'DISABLE') user.disabledAt ??= now;
    if (change.kind === 'ENABLE') {
      user.disabledAt = null;
      await clearFailedLogins(tx, user.id);
    }
    if (change.kind === 'REMOVE') Object.assign(user, { deletedAt: now, email: erasedEmail(user.id) });
    const { id: userId, email } = member;
    const payload = { userId, email, role: user.role, change: EVENT_CHANGES[change.kind] };
    tx.outbox.append(eventOf(UserChanged, userId, payload));
  }
}

/** The placeholder for the e-mail address of a removed user. A later user can then have the original e-mail address. */
function erasedEmail(userId: string): string {
  return `${userId}@removed.invalid`;
}
