import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { AccountsTransaction } from '../database.ts';

/** A customer group as read from the database. */
export interface CustomerGroupRecord {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly created_at: Date;
  readonly created_by: string | null;
  readonly updated_at: Date;
  readonly updated_by: string | null;
  readonly version: number;
}

const COLUMNS = ['id', 'code', 'name', 'created_at', 'created_by', 'updated_at', 'updated_by', 'version'] as const;

/** A page of the tenant's groups, sorted by code. */
export function customerGroupPage(
  tx: AccountsTransaction,
  page: PageRequest,
): Promise<Result<KeysetPage<CustomerGroupRecord>, InvalidPage>> {
  return keysetPage(groups(tx), {
    sort: [{ by: 'customer_group.code', direction: 'asc' }],
    id: 'customer_group.id',
    filter: null,
    page,
  });
}

export function customerGroupsById(tx: AccountsTransaction, ids: readonly string[]): Promise<CustomerGroupRecord[]> {
  return groups(tx)
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
}

/** The groups of several customers, by customer id and sorted by code. */
export async function groupsOfCustomers(
  tx: AccountsTransaction,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, CustomerGroupRecord[]>> {
  const rows = await tx.db
    .selectFrom('customer_group_member as member')
    .innerJoin('customer_group', (join) =>
      join
        .onRef('customer_group.tenant_id', '=', 'member.tenant_id')
        .onRef('customer_group.id', '=', 'member.group_id'),
    )
    .select(COLUMNS.map((column) => `customer_group.${column}` as const))
    .select('member.customer_id as of')
    .where('member.tenant_id', '=', tx.tenantId)
    .where('member.customer_id', '=', sql<string>`any(${[...customerIds]}::uuid[])`)
    .where('customer_group.deleted_at', 'is', null)
    .orderBy('customer_group.code')
    .execute();
  return Map.groupBy(rows, (row) => row.of);
}

function groups({ db, tenantId }: AccountsTransaction) {
  return db
    .selectFrom('customer_group')
    .select(COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null);
}
