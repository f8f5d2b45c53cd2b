import { AccessDeniedError, hasScope, requireScope, systemContext, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type IdempotencyFailure } from '@souk/kit/persistence';
import { UserChanged, UsersRead, UsersWrite } from '../contract.ts';
import { linkAccount } from '../customer/customer-account.repository.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { refusePassword, type CommonPassword } from './password-policy.ts';
import { hashPassword } from './password.ts';
import { grantable, type RoleNotGrantable } from './member.ts';
import { mayGrant, type Role, type RoleScopes } from './role.policy.ts';
import { UserEntity } from './user.entity.ts';
import { userByEmail, usersById, type UserRecord } from './user.repository.ts';

/** The input for a new user. */
export interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly role: Role;
}

/** Returned when the tenant already has a user with this e-mail address. */
export type EmailTaken = Failure<'EMAIL_TAKEN'>;

export const EMAIL_TAKEN: EmailTaken = failure(
  'EMAIL_TAKEN',
  'A user with this e-mail address exists already; use another',
  ['email'],
);

export const EMAIL_VIOLATIONS = { user_account_email: EMAIL_TAKEN };

/** Manages the users of a tenant. */
export class UserService {
  readonly #unitOfWork: AccountsUnitOfWork;

  readonly #roleScopes: RoleScopes;

  constructor(unitOfWork: AccountsUnitOfWork, roleScopes: RoleScopes) {
    this.#unitOfWork = unitOfWork;
    this.#roleScopes = roleScopes;
  }

  /** The users with these ids that the caller may see. Owners may see all users. Other users may only see themselves. */
  async visible(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, UserRecord>> {
    const { actor } = ctx;
    const isOwn = (id: string) => actor.kind === 'user' && actor.userId === id;
    const allowed = hasScope(ctx, UsersRead) ? ids : ids.filter(isOwn);
    return allowed.length === 0 ? new Map() : this.byIds(ctx, allowed);
  }

  /** The users with these ids, without a check of the caller's rights. */
  async byIds(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, UserRecord>> {
    const users = await this.#unitOfWork.read(ctx, (tx) => usersById(tx, ids));
    return new Map(users.map((user) => [user.id, user]));
  }

  /** The calling user. Null when the platform calls. @throws AccessDeniedError for an anonymous caller */
  async current(ctx: RequestContext): Promise<UserRecord | null> {
    const { actor } = ctx;
    if (actor.kind === 'anonymous') throw new AccessDeniedError('UNAUTHENTICATED');
    return actor.kind === 'user' ? ((await this.byIds(ctx, [actor.userId])).get(actor.userId) ?? null) : null;
  }

  /** Creates a user with a role that the caller may grant. @throws AccessDeniedError without `users:write` */
  async create(
    ctx: RequestContext,
    user: NewUser,
    idempotencyKey: string | null,
  ): Promise<Result<UserRecord, EmailTaken | CommonPassword | RoleNotGrantable | IdempotencyFailure>> {
    requireScope(ctx, UsersWrite); // before the hash, which is slow on purpose
    const granted = grantable([user.role], (role) => mayGrant(ctx, this.#roleScopes, role));
    if (!granted.ok) return granted;
    const refused = refusePassword(user.password, user.email);
    if (refused) return err(refused);
    const passwordHash = await hashPassword(user.password); // outside of the transaction
    const { email, role } = user;
    // The idempotency fingerprint of the input must not contain the password. The fingerprint is a fast hash, from which a password could
    // be guessed.
    const input = { email, role, idempotencyKey };
    const mutation = { scope: UsersWrite, operation: 'userCreate', input, uniqueViolations: EMAIL_VIOLATIONS };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx) => ok(await addUser(tx, { email, role, passwordHash })));
  }

  /** Finds or creates the user with this e-mail address, for demo data. An existing user keeps password and role. */
  async ensure(tenantId: string, user: NewUser): Promise<UserRecord> {
    const ctx = systemContext(tenantId, 'accounts.seed', tenantId);
    const byEmail = () => this.#unitOfWork.read(ctx, (tx) => userByEmail(tx, user.email));
    const existing = await byEmail();
    if (existing) return existing;
    const created = await this.create(ctx, user, null);
    if (created.ok) return created.value;
    const concurrent = await byEmail();
    if (!concurrent) throw new Error(`User ${user.email} of tenant ${tenantId}: ${created.error.message}`);
    return concurrent;
  }
}

/** Adds a user. For staff, publishes `UserChanged`. A shopper is connected to the customer with the e-mail address. */
export async function addUser(
  tx: AccountsTransaction,
  user: Pick<NewUser, 'email' | 'role'> & { readonly passwordHash: string; readonly name?: string },
): Promise<UserRecord> {
  const { id } = tx.em.create(UserEntity, user);
  await tx.em.flush();
  const { email, role } = user;
  // The e-mail address counts as proven, because staff created the account and vouch for the address.
  if (role === 'SHOPPER') await linkAccount(tx, id, { email, name: '' });
  else tx.outbox.append(eventOf(UserChanged, id, { userId: id, email, role, change: 'CREATED' }));
  const created = await userByEmail(tx, email);
  if (!created) throw new Error(`Tenant ${tx.tenantId} does not exist`);
  return created;
}
