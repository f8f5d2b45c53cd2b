import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { AccountsTransaction } from '../database.ts';
import type { Role } from './role.policy.ts';
import { userOf, type UserRecord } from './user.ts';

export type { UserRecord } from './user.ts';

/** A user with the password hash, which only the login reads. */
export interface Credentials extends UserRecord {
  readonly passwordHash: string;
}

export async function usersById(tx: AccountsTransaction, ids: readonly string[]): Promise<UserRecord[]> {
  const rows = await users(tx)
    .where('user_account.id', 'in', [...ids])
    .execute();
  return rows.map(userOf);
}

export async function userByEmail(tx: AccountsTransaction, email: string): Promise<UserRecord | null> {
  const row = await users(tx)
    .where(sql<string>`lower(user_account.email)`, '=', sql<string>`lower(${email}::text)`)
    .executeTakeFirst();
  return row ? userOf(row) : null;
}

export async function credentialsOf(tx: AccountsTransaction, id: string): Promise<Credentials | null> {
  const row = await users(tx).select('user_account.password_hash').where('user_account.id', '=', id).executeTakeFirst();
  return row ? { ...userOf(row), passwordHash: row.password_hash } : null;
}

/**
 * The role of the user who sent an invitation, and whether this user can still log in. Removed users are included. Null when the user is
 * unknown.
 */
export async function grantorById(
  { db, tenantId }: AccountsTransaction,
  id: string,
): Promise<{ readonly role: Role; readonly isActive: boolean } | null> {
  const row = await db
    .selectFrom('user_account')
    .select(['role', 'disabled_at', 'deleted_at'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? { role: row.role, isActive: row.disabled_at === null && row.deleted_at === null } : null;
}

/** Adds a user to the transaction's tenant. @returns the id of the user */
export async function insertUser(
  { db }: AccountsTransaction,
  { email, role, passwordHash }: { readonly email: string; readonly role: Role; readonly passwordHash: string },
): Promise<string> {
  const id = randomUUID();
  await db.insertInto('user_account').values({ id, email, role, password_hash: passwordHash }).execute();
  return id;
}

export async function setPassword(
  { db, tenantId }: AccountsTransaction,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await db
    .updateTable('user_account')
    .set({ password_hash: passwordHash })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', userId)
    .execute();
}

/** Selects the users of the tenant, without removed users. */
export function users({ db, tenantId }: AccountsTransaction) {
  return db
    .selectFrom('user_account')
    .innerJoin('tenant', (join) =>
      join.onRef('tenant.tenant_id', '=', 'user_account.tenant_id').onRef('tenant.id', '=', 'user_account.tenant_id'),
    )
    .leftJoin('login_lock', (join) =>
      join
        .onRef('login_lock.tenant_id', '=', 'user_account.tenant_id')
        .onRef('login_lock.user_id', '=', 'user_account.id'),
    )
    .leftJoin('email_confirmation', (join) =>
      join
        .onRef('email_confirmation.tenant_id', '=', 'user_account.tenant_id')
        .onRef('email_confirmation.user_id', '=', 'user_account.id'),
    )
    .select([
      'user_account.id',
      'user_account.email',
      'user_account.role',
      'user_account.name',
      'user_account.disabled_at',
      'user_account.created_at',
      'user_account.version',
      'login_lock.locked_until',
      'email_confirmation.user_id as unconfirmed_id',
      'tenant.id as tenant_id',
      'tenant.slug',
      'tenant.name as tenant_name',
      'tenant.plan',
    ])
    .where('user_account.tenant_id', '=', tenantId)
    .where('user_account.deleted_at', 'is', null);
}
