import { sql } from 'kysely';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import type { TenantPlan } from './tenant-plan.ts';
import { TenantEntity } from './tenant.entity.ts';

/** A tenant as read from the database. */
export interface TenantRecord {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly plan: TenantPlan;
}

/** A slug or a host name. Each name belongs to one tenant of the platform. */
export interface TenantName {
  readonly kind: 'SLUG' | 'HOST';
  readonly name: string;
}

type Directory = Pick<AccountsUnitOfWork, 'callFunction'>;

/** Finds a tenant by id. Searches all tenants, because the tenant of the request is not known yet. */
export async function findTenantById(directory: Directory, id: string): Promise<TenantRecord | null> {
  const [found] = await directory.callFunction<TenantRecord>('find_tenant_by_id', [id]);
  return found ?? null;
}

/** Finds a tenant by slug or host name, in any letter case. Searches all tenants, because the tenant of the request is not known yet. */
export async function findTenantByName(directory: Directory, { kind, name }: TenantName): Promise<TenantRecord | null> {
  const [found] = await directory.callFunction<TenantRecord>('find_tenant_by_name', [kind, name]);
  return found ?? null;
}

/** Claims a name for the transaction's tenant. @returns false when the name belongs to another tenant */
export async function claimTenantName(
  { db, tenantId }: AccountsTransaction,
  { kind, name }: TenantName,
): Promise<boolean> {
  const { rows } = await sql<{ holder: string }>`select claim_tenant_name(${kind}, ${name}) as holder`.execute(db);
  return rows[0]?.holder === tenantId;
}

/** Adds the row of the transaction's tenant. Postgres generates `id` from `tenant_id`. */
export async function addTenant({ db }: AccountsTransaction, { slug, name, plan }: TenantRecord): Promise<void> {
  await db.insertInto('tenant').values({ slug, name, plan }).execute();
}

/** Changes the plan of the transaction's tenant. @throws Error when the tenant does not exist */
export async function setTenantPlan({ em, tenantId }: AccountsTransaction, plan: TenantPlan): Promise<void> {
  const tenant = await em.findOneOrFail(TenantEntity, { id: tenantId });
  tenant.plan = plan;
}

/** The transaction's tenant. Null when it does not exist. */
export async function ownTenant({ db, tenantId }: AccountsTransaction): Promise<TenantRecord | null> {
  const found = await db
    .selectFrom('tenant')
    .select(['id', 'slug', 'name', 'plan'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return found ?? null;
}
