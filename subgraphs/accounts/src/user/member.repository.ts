import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { AccountsTransaction } from '../database.ts';
import { userOf, users, type UserRecord, type UserRow } from './user.repository.ts';

/** A page of the staff, the oldest accounts first. */
export function memberPage(
  tx: AccountsTransaction,
  page: PageRequest,
): Promise<Result<KeysetPage<UserRow>, InvalidPage>> {
  return keysetPage(users(tx).where('user_account.role', '!=', 'SHOPPER'), {
    sort: [{ by: 'user_account.created_at', direction: 'asc' }],
    id: 'user_account.id',
    filter: null,
    page,
  });
}

/** The member of the staff with the id. Null for shoppers. */
export async function memberById(tx: AccountsTransaction, id: string): Promise<UserRecord | null> {
  const row = await users(tx)
    .where('user_account.id', '=', id)
    .where('user_account.role', '!=', 'SHOPPER')
    .executeTakeFirst();
  return row ? userOf(row) : null;
}

/** Makes concurrent changes of the staff wait for the end of this transaction, so two owners cannot remove each other. */
export async function lockStaff({ db, tenantId }: AccountsTransaction): Promise<void> {
  await db
    .selectFrom('tenant')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', tenantId)
    .forNoKeyUpdate()
    .execute();
}

/** The number of owners who can log in, besides one user. */
export async function countOtherOwners({ db, tenantId }: AccountsTransaction, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('user_account')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('tenant_id', '=', tenantId)
    .where('role', '=', 'OWNER')
    .where('id', '!=', userId)
    .where('disabled_at', 'is', null)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}
