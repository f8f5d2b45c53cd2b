import { AccessDeniedError, requireScope, systemContext, type RequestContext } from '@souk/kit/context';
import { caseless, err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { IdempotencyFailure, Transaction, UnitOfWork } from '@souk/kit/persistence';
import { sql } from 'kysely';
import { SettingsWrite } from '../contract.ts';
import type { AccountsDatabase } from '../database.ts';
import { hashPassword } from './password.ts';
import type { Role } from './role.policy.ts';
import { UserEntity } from './user.entity.ts';
import { userByEmail, usersById, type UserRecord } from './user.repository.ts';

/** Who is to be able to log in. */
export interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly role: Role;
}

/** Returned when the tenant has a user with this email already. */
export type EmailTaken = Failure<'EMAIL_TAKEN'>;

/** Users of a tenant. */
export class UserService {
  readonly #unitOfWork: UnitOfWork<AccountsDatabase>;

  constructor(unitOfWork: UnitOfWork<AccountsDatabase>) {
    this.#unitOfWork = unitOfWork;
  }

  /** By id. */
  async byIds(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, UserRecord>> {
    const users = await this.#unitOfWork.read(ctx, (tx) => usersById(tx, ids));
    return new Map(users.map((user) => [user.id, user]));
  }

  /** The user who asks; null for the platform itself. @throws AccessDeniedError for a stranger */
  async current(ctx: RequestContext): Promise<UserRecord | null> {
    const { actor } = ctx;
    if (actor.kind === 'anonymous') throw new AccessDeniedError('UNAUTHENTICATED');
    return actor.kind === 'user' ? ((await this.byIds(ctx, [actor.userId])).get(actor.userId) ?? null) : null;
  }

  /** For owners. @throws AccessDeniedError without `settings:write` */
  async create(
    ctx: RequestContext,
    user: NewUser,
    idempotencyKey: string | null,
  ): Promise<Result<UserRecord, EmailTaken | IdempotencyFailure>> {
    requireScope(ctx, SettingsWrite);
    const passwordHash = await hashPassword(user.password); // slow on purpose: not within a transaction
    const { email, role } = user;
    // The password stays out of the stored fingerprint: that is a fast hash, which could be guessed.
    const call = { key: idempotencyKey, operation: 'userCreate', input: { email, role } };
    return this.#unitOfWork.once(ctx, call, (tx) => addUser(tx, { email, role, passwordHash }));
  }

  /** For seeding: the user of this email, made unless there is one. An existing one keeps password and role. */
  async ensure(tenantId: string, user: NewUser): Promise<UserRecord> {
    const ctx = systemContext(tenantId, 'accounts.seed', tenantId);
    const existing = await this.#unitOfWork.read(ctx, (tx) => userByEmail(tx, user.email));
    if (existing) return existing;
    const created = await this.create(ctx, user, null);
    // Somebody else was faster.
    return created.ok ? created.value : this.ensure(tenantId, user);
  }
}

async function addUser(
  tx: Transaction<AccountsDatabase>,
  user: Pick<NewUser, 'email' | 'role'> & { readonly passwordHash: string },
): Promise<Result<UserRecord, EmailTaken>> {
  // Two that create the same user take turns, so that the second is refused rather than failed.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`user ${tx.tenantId} ${caseless(user.email)}`}, 0))`.execute(
    tx.db,
  );
  if (await userByEmail(tx, user.email))
    return err(failure('EMAIL_TAKEN', 'There is a user with this email already', ['email']));
  tx.em.create(UserEntity, user);
  await tx.em.flush();
  const created = await userByEmail(tx, user.email);
  if (!created) throw new Error(`Tenant ${tx.tenantId} does not exist`);
  return ok(created);
}
