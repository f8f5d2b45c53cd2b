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

/** The defaults that a shop chose when it signed up. Null for a shop that code created. */
export interface TenantDefaults {
  /** ISO 4217. */
  readonly defaultCurrency: string | null;
  /** BCP 47. */
  readonly defaultLocale: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string | null;
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

/** The names of a list that no tenant has, in the order of the list. */
export async function freeTenantNames(
  directory: Directory,
  kind: TenantName['kind'],
  names: readonly string[],
): Promise<string[]> {
  const rows = await directory.callFunction<{ name: string }>('free_tenant_names', [kind, names]);
  return rows.map(({ name }) => name);
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
export async function addTenant(
  { db }: AccountsTransaction,
  { slug, name, plan, ...defaults }: TenantRecord & TenantDefaults,
): Promise<void> {
  const { defaultCurrency, defaultLocale, countryCode } = defaults;
  const chosen = { default_currency: defaultCurrency, default_locale: defaultLocale, country_code: countryCode };
  await db
    .insertInto('tenant')
    .values({ slug, name, plan, ...chosen })
    .execute();
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
