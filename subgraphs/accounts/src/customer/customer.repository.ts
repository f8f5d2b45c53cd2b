import { randomUUID } from 'node:crypto';
import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { AccountsTransaction } from '../database.ts';

/** A customer as read from the database. */
export interface CustomerRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly created_at: Date;
}

/** The name and e-mail address of the buyer in an order. */
export interface Buyer {
  readonly email: string;
  readonly name: string;
}

export function customersById(tx: AccountsTransaction, ids: readonly string[]): Promise<CustomerRecord[]> {
  return customers(tx)
    .where('id', 'in', [...ids])
    .execute();
}

/** A page of customers, the newest first. */
export function customerPage(
  tx: AccountsTransaction,
  page: PageRequest,
): Promise<Result<KeysetPage<CustomerRecord>, InvalidPage>> {
  return keysetPage(customers(tx), {
    sort: [{ by: 'customer.created_at', direction: 'desc' }],
    id: 'customer.id',
    filter: null,
    page,
  });
}

/** Finds or creates the customer with this e-mail address, in any letter case. @returns the id of the customer */
export async function recognizeCustomer(
  { db, tenantId }: AccountsTransaction,
  { email, name }: Buyer,
): Promise<string> {
  const byEmail = sql<string>`lower(email)`;
  const added = await db
    .insertInto('customer')
    .values({ id: randomUUID(), email, name })
    .onConflict((conflict) =>
      conflict
        .expression(sql`tenant_id, lower(email)`)
        .doUpdateSet({ name })
        // A customer who had an account before the first order has an empty name. The order fills it in.
        .where('customer.name', '=', '')
        .where(sql.ref('excluded.name'), '!=', ''),
    )
    .returning('id')
    .executeTakeFirst();
  if (added) return added.id;
  const known = await db
    .selectFrom('customer')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where(byEmail, '=', sql<string>`lower(${email}::text)`)
    .executeTakeFirstOrThrow();
  return known.id;
}

/** Sets the name of a customer whose name is empty. */
export async function nameCustomer({ db, tenantId }: AccountsTransaction, id: string, name: string): Promise<void> {
  await db
    .updateTable('customer')
    .set({ name })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('name', '=', '')
    .execute();
}

function customers({ db, tenantId }: AccountsTransaction) {
  return db
    .selectFrom('customer')
    .select(['id', 'email', 'name', 'created_at'])
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null);
}
