import type { TenantPlan } from '../tenant/tenant-plan.ts';
import type { Role } from './role.policy.ts';

/** A user, with the tenant to which the account belongs. */
export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly name: string;
  /** The time at which staff disabled the user. Null when the user is not disabled. */
  readonly disabledAt: Date | null;
  /** The end of the latest lock after failed logins. Null when the user was never locked. */
  readonly lockedUntil: Date | null;
  readonly createdAt: Date;
  readonly version: number;
  readonly tenant: { readonly id: string; readonly slug: string; readonly name: string; readonly plan: TenantPlan };
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
  readonly plan: TenantPlan;
}

/** Converts a row with the tenant's columns to a user. */
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
