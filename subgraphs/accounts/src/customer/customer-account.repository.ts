import type { AccountsTransaction } from '../database.ts';
import type { AccountHolder } from './account-holder.ts';
import { recognizeCustomer, type Buyer } from './customer.repository.ts';

/** The customer of a user, with the customer's groups and company. Null for staff, and for a user whose e-mail address is not proven yet. */
export async function accountHolder(
  { db, tenantId }: AccountsTransaction,
  userId: string,
): Promise<AccountHolder | null> {
  const rows = await db
    .selectFrom('customer_account as account')
    .leftJoin('customer_group_member as member', (join) =>
      join.onRef('member.tenant_id', '=', 'account.tenant_id').onRef('member.customer_id', '=', 'account.customer_id'),
    )
    .leftJoin('company_member', (join) =>
      join
        .onRef('company_member.tenant_id', '=', 'account.tenant_id')
        .onRef('company_member.customer_id', '=', 'account.customer_id'),
    )
    .leftJoin('company', (join) =>
      join.onRef('company.tenant_id', '=', 'account.tenant_id').onRef('company.id', '=', 'company_member.company_id'),
    )
    .select(['account.customer_id', 'member.group_id', 'company.id as company_id', 'company.vat_id'])
    .where('account.tenant_id', '=', tenantId)
    .where('account.user_id', '=', userId)
    .orderBy('member.group_id')
    .execute();
  const [first] = rows;
  if (!first) return null;
  const { customer_id: customerId, company_id: companyId, vat_id: vatId } = first;
  const company = companyId === null ? null : { id: companyId, vatId };
  return { customerId, groupIds: rows.flatMap((row) => row.group_id ?? []), company };
}

/**
 * Connects a user to the customer with the e-mail address, and creates the customer if there is none.
 * Call this function only for a proven address, because the account then reads all orders and addresses of the customer.
 * @returns the id of the customer
 */
export async function linkAccount(tx: AccountsTransaction, userId: string, buyer: Buyer): Promise<string> {
  const customerId = await recognizeCustomer(tx, buyer);
  await tx.db
    .insertInto('customer_account')
    .values({ user_id: userId, customer_id: customerId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return customerId;
}
