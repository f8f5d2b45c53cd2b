import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { Role } from './role.policy.ts';

/** Returned when the change would leave the shop without an owner who can log in. */
export type LastOwner = Failure<'LAST_OWNER'>;
/** Returned when users would disable or remove their own account, or reset its authenticator app without a code. */
export type OwnAccount = Failure<'OWN_ACCOUNT'>;
/** Returned when a role has a scope that the caller lacks. */
export type RoleNotGrantable = Failure<'ROLE_NOT_GRANTABLE'>;
export type MemberRefusal = LastOwner | OwnAccount | RoleNotGrantable;

/** A requested change of a staff member. */
export type MemberChange =
  | { readonly kind: 'ROLE'; readonly role: Role }
  | { readonly kind: 'DISABLE' }
  | { readonly kind: 'ENABLE' }
  | { readonly kind: 'REMOVE' }
  | { readonly kind: 'END_SESSIONS' }
  | { readonly kind: 'RESET_MFA' };

/** The data that decides whether a caller may change a member. */
export interface MemberFacts {
  readonly member: { readonly id: string; readonly role: Role };
  /** The id of the calling user. Null when the platform or a program calls. */
  readonly actorId: string | null;
  readonly otherOwners: number;
  readonly mayGrant: (role: Role) => boolean;
}

/**
 * Decides whether a caller may change a member of the staff. The caller must have all scopes of the member's role and of the new role. The
 * shop must keep an owner who can log in.
 */
export function decideMemberChange(change: MemberChange, facts: MemberFacts): Result<void, MemberRefusal> {
  const { member, actorId, otherOwners, mayGrant } = facts;
  const granted = grantable([member.role, ...(change.kind === 'ROLE' ? [change.role] : [])], mayGrant);
  if (!granted.ok) return granted;
  const isLockOut = change.kind === 'DISABLE' || change.kind === 'REMOVE';
  if (isLockOut && member.id === actorId)
    return err(failure('OWN_ACCOUNT', 'This is your own account: another owner can disable or remove it', ['id']));
  if (change.kind === 'RESET_MFA' && member.id === actorId)
    return err(failure('OWN_ACCOUNT', 'This is your own account: disable its app with a code (mfaDisable)', ['id']));
  const isNoOwnerAfter = isLockOut || (change.kind === 'ROLE' && change.role !== 'OWNER');
  if (member.role === 'OWNER' && isNoOwnerAfter && otherOwners === 0)
    return err(
      failure('LAST_OWNER', 'The shop needs an owner who can log in: make another user an owner first', ['id']),
    );
  return ok(undefined);
}

/** Refuses roles with a scope that the caller lacks. */
export function grantable(roles: readonly Role[], mayGrant: MemberFacts['mayGrant']): Result<void, RoleNotGrantable> {
  const refused = roles.find((role) => !mayGrant(role));
  if (refused === undefined) return ok(undefined);
  const message = `The role ${refused} allows more than you may do: ask an owner`;
  return err(failure('ROLE_NOT_GRANTABLE', message, ['role']));
}
