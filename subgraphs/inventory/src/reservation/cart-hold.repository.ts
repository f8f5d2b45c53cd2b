import { sql } from 'kysely';
import type { InventoryTransaction } from '../database.ts';
import type { NewReservation } from './reservation.repository.ts';

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

/**
 * The new reservation of a cart after the reservation of its checkout was released. It holds the units of SKUs with the
 * mode RESERVE_ON_CART. Null when the checkout had no such units. The stock of the SKUs must be locked.
 */
export async function cartHoldAfter(
  tx: InventoryTransaction,
  reservationId: string,
): Promise<Pick<NewReservation, 'cartId' | 'cartVersion' | 'expiresInSeconds' | 'allocations'> | null> {
  const { rows } = await sql<Pick<NewReservation, 'cartId' | 'cartVersion' | 'expiresInSeconds' | 'allocations'>>`
    select ended.cart_id as "cartId",
           (select coalesce(max(earlier.cart_version), 0) from reservation earlier
             where earlier.tenant_id = ended.tenant_id and earlier.cart_id = ended.cart_id) as "cartVersion",
           min(item.cart_hold_seconds) as "expiresInSeconds",
           json_agg(json_build_object('stockLevelId', level.id, 'warehouseId', level.warehouse_id, 'sku', level.sku,
                                      'quantity', line.quantity)) as allocations
      from reservation ended
      join reservation_line line on line.tenant_id = ended.tenant_id and line.reservation_id = ended.id
      join stock_level level on level.tenant_id = line.tenant_id and level.id = line.stock_level_id
      join stock_item item on item.tenant_id = level.tenant_id and item.sku = level.sku and item.mode = 'RESERVE_ON_CART'
     where ended.tenant_id = ${tx.tenantId} and ended.id = ${reservationId} and ended.cart_id is not null
     group by ended.tenant_id, ended.cart_id`.execute(tx.db);
  return rows[0] ?? null;
}

/** Restarts the time after which a cart's reservation expires. */
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
