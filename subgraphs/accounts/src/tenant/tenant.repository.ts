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

/** A name that identifies one tenant of the platform: a slug or a host. */
export interface TenantName {
  readonly kind: 'SLUG' | 'HOST';
  readonly name: string;
}

type Directory = Pick<AccountsUnitOfWork, 'callFunction'>;

/** The tenant with an id. Searches all tenants, because the request has no tenant yet. */
export async function findTenantById(directory: Directory, id: string): Promise<TenantRecord | null> {
  const [found] = await directory.callFunction<TenantRecord>('find_tenant_by_id', [id]);
  return found ?? null;
}

/** The tenant with a name, in any letter case. Searches all tenants, because the request has no tenant yet. */
export async function findTenantByName(directory: Directory, { kind, name }: TenantName): Promise<TenantRecord | null> {
  const [found] = await directory.callFunction<TenantRecord>('find_tenant_by_name', [kind, name]);
  return found ?? null;
}

/** Claims a name for the tenant of the transaction. @returns whether the name belongs to this tenant now */
export async function claimTenantName(
  { db, tenantId }: AccountsTransaction,
  { kind, name }: TenantName,
): Promise<boolean> {
  const { rows } = await sql<{ holder: string }>`select claim_tenant_name(${kind}, ${name}) as holder`.execute(db);
  return rows[0]?.holder === tenantId;
}

/** Adds the tenant of the transaction. The column `id` follows from `tenant_id`. */
export async function addTenant({ db }: AccountsTransaction, { slug, name, plan }: TenantRecord): Promise<void> {
  await db.insertInto('tenant').values({ slug, name, plan }).execute();
}

/** Changes the plan of the transaction's tenant. */
export async function setTenantPlan({ em, tenantId }: AccountsTransaction, plan: TenantPlan): Promise<void> {
  const tenant = await em.findOneOrFail(TenantEntity, { id: tenantId });
  tenant.plan = plan;
}

/** The tenant of the transaction. */
export async function ownTenant({ db, tenantId }: AccountsTransaction): Promise<TenantRecord | null> {
  const found = await db
    .selectFrom('tenant')
    .select(['id', 'slug', 'name', 'plan'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return found ?? null;
}
