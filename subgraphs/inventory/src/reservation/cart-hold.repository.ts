import { sql } from 'kysely';
import type { InventoryTransaction } from '../database.ts';

/** Serializes the changes of a cart's reservation. Take this lock before locking any stock level. */
export async function lockCart(tx: InventoryTransaction, cartId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cart:${tx.tenantId}:${cartId}`}, 0))`.execute(tx.db);
}

/** The reservations that a cart has or had. */
export interface CartReservations {
  /** Whether an order of the cart holds or took the stock. */
  readonly isOrdered: boolean;
  /** The version of the cart at its latest reservation. Null when the cart never reserved stock. */
  readonly version: number | null;
}

export async function cartReservations(tx: InventoryTransaction, cartId: string): Promise<CartReservations> {
  const { rows } = await sql<CartReservations>`
    select coalesce(bool_or(order_id is not null and status in ('HELD', 'COMMITTED')), false) as "isOrdered",
           max(cart_version) as version
      from reservation where tenant_id = ${tx.tenantId} and cart_id = ${cartId}`.execute(tx.db);
  return rows[0] ?? { isOrdered: false, version: null };
}

/** Starts the time of a cart's reservation anew. */
export async function renewHold(
  tx: InventoryTransaction,
  id: string,
  { cartVersion, seconds }: { readonly cartVersion: number; readonly seconds: number },
): Promise<void> {
  await sql`
    update reservation set cart_version = ${cartVersion}, expires_at = now() + make_interval(secs => ${seconds})
     where tenant_id = ${tx.tenantId} and id = ${id} and status = 'HELD'`.execute(tx.db);
}

/** The time at which each cart releases its stock. */
export async function cartHoldEnds(
  tx: InventoryTransaction,
  cartIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ cartId: string; expiresAt: Date }>`
    select cart_id as "cartId", max(expires_at) as "expiresAt" from reservation
     where tenant_id = ${tx.tenantId} and cart_id = any(${cartIds}::uuid[]) and order_id is null
       and status = 'HELD' and expires_at > now()
       and exists (select from reservation_line line where line.tenant_id = ${tx.tenantId} and line.reservation_id = reservation.id)
     group by cart_id`.execute(tx.db);
  return new Map(rows.map(({ cartId, expiresAt }) => [cartId, expiresAt]));
}
