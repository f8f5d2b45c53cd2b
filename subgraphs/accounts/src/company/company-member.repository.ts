import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CustomerRecord } from '../customer/customer.repository.ts';
import type { AccountsTransaction } from '../database.ts';

/**
 * Locks the customers with these ids that exist. The lock makes concurrent additions to other companies wait. The order
 * of the ids prevents deadlocks.
 * @returns the company of each customer. The company is null for a customer without a company
 */
export async function lockCustomers(
  { db, tenantId }: AccountsTransaction,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const ids = sql<string>`any(${[...customerIds]}::uuid[])`;
  const locked = await db
    .selectFrom('customer')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', ids)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const members = await db
    .selectFrom('company_member')
    .select(['customer_id', 'company_id'])
    .where('tenant_id', '=', tenantId)
    .where('customer_id', '=', ids)
    .execute();
  const companyOf = new Map(members.map((row) => [row.customer_id, row.company_id]));
  return new Map(locked.map(({ id }) => [id, companyOf.get(id) ?? null]));
}

/** Adds customers to a company. @returns the customers who were not members before */
export async function addMembers(
  { db }: AccountsTransaction,
  companyId: string,
  customerIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    insert into company_member (company_id, customer_id)
    select ${companyId}::uuid, customer_id from unnest(${[...customerIds]}::uuid[]) as added (customer_id)
    on conflict do nothing
    returning customer_id`.execute(db);
  return rows.map((row) => row.customer_id);
}

/** Removes customers from a company. @returns the customers who were members */
export async function removeMembers(
  { db, tenantId }: AccountsTransaction,
  companyId: string,
  customerIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .deleteFrom('company_member')
    .where('tenant_id', '=', tenantId)
    .where('company_id', '=', companyId)
    .where('customer_id', '=', sql<string>`any(${[...customerIds]}::uuid[])`)
    .returning('customer_id')
    .execute();
  return rows.map((row) => row.customer_id);
}

/** Removes all customers from a company. */
export async function clearCompany({ db, tenantId }: AccountsTransaction, companyId: string): Promise<void> {
  await db.deleteFrom('company_member').where('tenant_id', '=', tenantId).where('company_id', '=', companyId).execute();
}

/** A page of a company's customers, the latest members first. */
export function memberPage(
  { db, tenantId }: AccountsTransaction,
  companyId: string,
  page: PageRequest,
): Promise<Result<KeysetPage<CustomerRecord>, InvalidPage>> {
  const members = db
    .selectFrom('company_member as member')
    .innerJoin('customer', (join) =>
      join.onRef('customer.tenant_id', '=', 'member.tenant_id').onRef('customer.id', '=', 'member.customer_id'),
    )
    .select(['customer.id', 'customer.email', 'customer.name', 'customer.created_at'])
    .where('member.tenant_id', '=', tenantId)
    .where('member.company_id', '=', companyId)
    .where('customer.deleted_at', 'is', null);
  return keysetPage(members, {
    sort: [{ by: 'member.created_at', direction: 'desc' }],
    id: 'member.customer_id',
    filter: companyId,
    page,
  });
}
