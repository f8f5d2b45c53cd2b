import { fixedStatement } from '@souk/kit/persistence';
import type { OrdersRead, OrdersTransaction } from '../database.ts';

const activeCartOf = fixedStatement<{ id: string }>(`
  select id from cart where tenant_id = $1 and customer_id = $2 and status = 'ACTIVE'`);
const claimOf = fixedStatement(`update cart set customer_id = $3 where tenant_id = $1 and id = $2`);
const lockOf = fixedStatement(`select pg_advisory_xact_lock(hashtextextended($1::text || ' ' || $2::text, 0))`);

/** The id of a customer's active cart. Null when the customer has none. */
export async function findCustomerCart({ db, tenantId }: OrdersRead, customerId: string): Promise<string | null> {
  return (await activeCartOf(db, tenantId, customerId)).rows[0]?.id ?? null;
}

/**
 * The id of a customer's active cart. Null when the customer has none. Until this transaction ends, other transactions cannot assign a cart
 * to the customer.
 */
export async function lockCustomerCart(tx: OrdersTransaction, customerId: string): Promise<string | null> {
  await lockOf(tx.db, tx.tenantId, customerId);
  return findCustomerCart(tx, customerId);
}

/** Assigns a cart to a customer who has no cart. The cart and the customer must be locked. */
export function claimCart(tx: OrdersTransaction, cartId: string, customerId: string): void {
  tx.write(claimOf(tx.db, tx.tenantId, cartId, customerId));
}
