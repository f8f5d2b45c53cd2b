import { randomUUID } from 'node:crypto';
import { phoneKey, type Address } from '@souk/kit/postal';
import { sql } from 'kysely';
import type { AccountsTransaction } from '../database.ts';
import type { AddressUse, CustomerAddress } from './customer-address.ts';

const COLUMNS = [
  'id',
  'customer_id as customerId',
  'address',
  'is_default_shipping as isDefaultShipping',
  'is_default_billing as isDefaultBilling',
  'created_at as createdAt',
  'created_by as createdBy',
  'updated_at as updatedAt',
  'updated_by as updatedBy',
  'version',
] as const;

const FLAGS = { SHIPPING: 'is_default_shipping', BILLING: 'is_default_billing' } as const;

/** The addresses of several customers, by customer id. The oldest address of a customer is first. */
export async function addressesOf(
  { db, tenantId }: AccountsTransaction,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, CustomerAddress[]>> {
  const rows = await db
    .selectFrom('customer_address')
    .select(COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('customer_id', '=', sql<string>`any(${[...customerIds]}::uuid[])`)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, ({ customerId }) => customerId);
}

/** The customer to whom an address belongs. Null when the address is unknown. */
export async function ownerOfAddress({ db, tenantId }: AccountsTransaction, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('customer_address')
    .select('customer_id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.customer_id ?? null;
}

/**
 * Locks a customer, which serializes the changes of the customer's addresses.
 * @returns the addresses, the oldest first, or null when the customer is unknown
 */
export async function lockAddresses(tx: AccountsTransaction, customerId: string): Promise<CustomerAddress[] | null> {
  const locked = await tx.db
    .selectFrom('customer')
    .select('id')
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', customerId)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return locked ? ((await addressesOf(tx, [customerId])).get(customerId) ?? []) : null;
}

/** Adds an address that is not a default yet. @returns the id of the address */
export async function insertAddress(
  { db }: AccountsTransaction,
  customerId: string,
  address: Address,
): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('customer_address')
    .values({ id, customer_id: customerId, ...columnsOf(address) })
    .execute();
  return id;
}

export async function replaceAddress(
  { db, tenantId }: AccountsTransaction,
  id: string,
  address: Address,
): Promise<void> {
  await db
    .updateTable('customer_address')
    .set(columnsOf(address))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

export async function deleteAddress({ db, tenantId }: AccountsTransaction, id: string): Promise<void> {
  await db.deleteFrom('customer_address').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}

/**
 * Makes an address the default for one use. If the previous default is also the default for the other use, it stays the default for that
 * use.
 */
export async function setDefault(
  { db, tenantId }: AccountsTransaction,
  customerId: string,
  use: AddressUse,
  id: string,
): Promise<void> {
  const flag = FLAGS[use];
  const update = () => db.updateTable('customer_address').where('tenant_id', '=', tenantId);
  // A single UPDATE would fail, because the unique index checks each row immediately. Two rows would be defaults for a moment.
  await update()
    .set({ [flag]: false })
    .where('customer_id', '=', customerId)
    .where(flag, '=', true)
    .where('id', '!=', id)
    .execute();
  await update()
    .set({ [flag]: true })
    .where('id', '=', id)
    .where(flag, '=', false)
    .execute();
}

function columnsOf(address: Address) {
  const { phone, countryCode } = address;
  return { address, phone_key: phone === null ? null : phoneKey(phone, countryCode) };
}
