import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { AccountsTransaction } from '../database.ts';

/** A company as read from the database. */
export interface CompanyRecord {
  readonly id: string;
  readonly name: string;
  readonly vat_id: string | null;
  readonly created_at: Date;
  readonly created_by: string | null;
  readonly updated_at: Date;
  readonly updated_by: string | null;
  readonly version: number;
}

const COLUMNS = ['id', 'name', 'vat_id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'version'] as const;

/** A page of the companies, sorted by name. */
export function companyPage(
  tx: AccountsTransaction,
  page: PageRequest,
): Promise<Result<KeysetPage<CompanyRecord>, InvalidPage>> {
  return keysetPage(companies(tx), {
    sort: [{ by: 'company.name', direction: 'asc' }],
    id: 'company.id',
    filter: null,
    page,
  });
}

export function companiesById(tx: AccountsTransaction, ids: readonly string[]): Promise<CompanyRecord[]> {
  return companies(tx)
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
}

/** The companies for which customers buy, by customer id. */
export async function companiesOfCustomers(
  tx: AccountsTransaction,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, CompanyRecord>> {
  const rows = await tx.db
    .selectFrom('company_member as member')
    .innerJoin('company', (join) =>
      join.onRef('company.tenant_id', '=', 'member.tenant_id').onRef('company.id', '=', 'member.company_id'),
    )
    .select(COLUMNS.map((column) => `company.${column}` as const))
    .select('member.customer_id as of')
    .where('member.tenant_id', '=', tx.tenantId)
    .where('member.customer_id', '=', sql<string>`any(${[...customerIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.of, row]));
}

function companies({ db, tenantId }: AccountsTransaction) {
  return db.selectFrom('company').select(COLUMNS).where('tenant_id', '=', tenantId).where('deleted_at', 'is', null);
}
