import { sql } from 'kysely';
import type { AccountsTransaction } from '../database.ts';
import type { TenantRecord } from '../tenant/tenant.repository.ts';
import type { Role } from './role.policy.ts';

/** A user, with the tenant of the account. */
export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly name: string;
  /** Null while the user may log in. */
  readonly disabledAt: Date | null;
  /** The end of the latest lock after failed logins. */
  readonly lockedUntil: Date | null;
  readonly createdAt: Date;
  readonly version: number;
  readonly tenant: TenantRecord;
}

/** A user with the password hash. Only the login reads the hash. */
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

/** The users of the tenant, without removed users. */
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
    .select([
      'user_account.id',
      'user_account.email',
      'user_account.role',
      'user_account.name',
      'user_account.disabled_at',
      'user_account.created_at',
      'user_account.version',
      'login_lock.locked_until',
      'tenant.id as tenant_id',
      'tenant.slug',
      'tenant.name as tenant_name',
      'tenant.plan',
    ])
    .where('user_account.tenant_id', '=', tenantId)
    .where('user_account.deleted_at', 'is', null);
}

/** A user as read from the database. */
export interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly name: string;
  readonly disabled_at: Date | null;
  readonly created_at: Date;
  readonly version: number;
  readonly locked_until: Date | null;
  readonly tenant_id: string;
  readonly slug: string;
  readonly tenant_name: string;
  readonly plan: TenantRecord['plan'];
}

export function userOf(row: UserRow): UserRecord {
  const { id, email, role, name, version, tenant_id, slug, tenant_name, plan } = row;
  return {
    id,
    email,
    role,
    name,
    disabledAt: row.disabled_at,
    lockedUntil: row.locked_until,
    createdAt: row.created_at,
    version,
    tenant: { id: tenant_id, slug, name: tenant_name, plan },
  };
}
