import type { Generated } from 'kysely';
import type { TenantPlan } from './tenant/tenant-plan.ts';
import type { Role } from './user/role.policy.ts';

/** The tables that are read and written past the entities. */
export interface AccountsDatabase {
  tenant: TenantTable;
  user_account: UserAccountTable;
  user_session: UserSessionTable;
  refresh_token: RefreshTokenTable;
  customer: CustomerTable;
}

interface TenantTable {
  readonly tenant_id: Generated<string>;
  readonly id: Generated<string>;
  readonly slug: string;
  readonly name: string;
  readonly plan: Generated<TenantPlan>;
}

interface UserAccountTable {
  readonly tenant_id: Generated<string>;
  readonly id: string;
  readonly email: string;
  readonly password_hash: string;
  readonly role: Role;
  readonly deleted_at: Generated<Date | null>;
}

interface UserSessionTable {
  readonly tenant_id: Generated<string>;
  readonly id: string;
  readonly user_id: string;
  readonly revoked_at: Date | null;
}

interface RefreshTokenTable {
  readonly tenant_id: Generated<string>;
  readonly token_hash: string;
  readonly session_id: string;
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
}

interface CustomerTable {
  readonly tenant_id: Generated<string>;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly created_at: Generated<Date>;
  readonly deleted_at: Generated<Date | null>;
}
