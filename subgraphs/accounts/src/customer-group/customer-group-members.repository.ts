import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CustomerRecord } from '../customer/customer.repository.ts';
import type { AccountsTransaction } from '../database.ts';

/** A customer to add to a group. `otherGroups` is the number of the customer's other groups. */
export interface Candidate {
  readonly customerId: string;
  readonly otherGroups: number;
}

/**
 * Locks the customers with these ids, and counts their other groups. The lock serializes additions of the same customer to several groups.
 * Without it, a customer could exceed the maximum number of groups. The order of the ids prevents deadlocks.
 */
export async function lockCandidates(
  { db, tenantId }: AccountsTransaction,
  groupId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Candidate>> {
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
  const counts = await db
    .selectFrom('customer_group_member')
    .select(['customer_id', sql<number>`count(*)::int`.as('count')])
    .where('tenant_id', '=', tenantId)
    .where('customer_id', '=', ids)
    .where('group_id', '!=', groupId)
    .groupBy('customer_id')
    .execute();
  const countOf = new Map(counts.map((row) => [row.customer_id, row.count]));
  return new Map(locked.map(({ id }) => [id, { customerId: id, otherGroups: countOf.get(id) ?? 0 }]));
}

/** Adds customers to a group. @returns the customers who were not members before */
export async function addMembers(
  { db }: AccountsTransaction,
  groupId: string,
  customerIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    insert into customer_group_member (group_id, customer_id)
    select ${groupId}::uuid, customer_id from unnest(${[...customerIds]}::uuid[]) as added (customer_id)
    on conflict do nothing
    returning customer_id`.execute(db);
  return rows.map((row) => row.customer_id);
}

/** Removes customers from a group. @returns the customers who were members */
export async function removeMembers(
  { db, tenantId }: AccountsTransaction,
  groupId: string,
  customerIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .deleteFrom('customer_group_member')
    .where('tenant_id', '=', tenantId)
    .where('group_id', '=', groupId)
    .where('customer_id', '=', sql<string>`any(${[...customerIds]}::uuid[])`)
    .returning('customer_id')
    .execute();
  return rows.map((row) => row.customer_id);
}

/** Removes all customers from a group. Used when the group is deleted. */
export async function clearGroup({ db, tenantId }: AccountsTransaction, groupId: string): Promise<void> {
  await db
    .deleteFrom('customer_group_member')
    .where('tenant_id', '=', tenantId)
    .where('group_id', '=', groupId)
    .execute();
}

/** A page of a group's customers. The customers who joined last are first. */
export function memberPage(
  { db, tenantId }: AccountsTransaction,
  groupId: string,
  page: PageRequest,
): Promise<Result<KeysetPage<CustomerRecord>, InvalidPage>> {
  const members = db
    .selectFrom('customer_group_member as member')
    .innerJoin('customer', (join) =>
      join.onRef('customer.tenant_id', '=', 'member.tenant_id').onRef('customer.id', '=', 'member.customer_id'),
    )
    .select(['customer.id', 'customer.email', 'customer.name', 'customer.created_at'])
    .where('member.tenant_id', '=', tenantId)
    .where('member.group_id', '=', groupId)
    .where('customer.deleted_at', 'is', null);
  return keysetPage(members, {
    sort: [{ by: 'member.created_at', direction: 'desc' }],
    id: 'member.customer_id',
    filter: groupId,
    page,
  });
}
