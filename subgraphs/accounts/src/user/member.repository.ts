import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { AccountsTransaction } from '../database.ts';
import { users } from './user.repository.ts';
import { userOf, type UserRecord, type UserRow } from './user.ts';

/** A page of the staff. The oldest accounts are first. */
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

/** The user with this id, if the user is staff. Null for a shopper. */
export async function memberById(tx: AccountsTransaction, id: string): Promise<UserRecord | null> {
  const row = await users(tx)
    .where('user_account.id', '=', id)
    .where('user_account.role', '!=', 'SHOPPER')
    .executeTakeFirst();
  return row ? userOf(row) : null;
}

/** Serializes changes of the staff. Otherwise two owners could remove each other at the same time and leave the shop without an owner. */
export async function lockStaff({ db, tenantId }: AccountsTransaction): Promise<void> {
  await db
    .selectFrom('tenant')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', tenantId)
    .forNoKeyUpdate()
    .execute();
}

/** The number of owners other than this user who can log in. */
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
