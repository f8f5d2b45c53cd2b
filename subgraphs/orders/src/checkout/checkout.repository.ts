import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersTransaction } from '../database.ts';
import { jsonb } from '../jsonb.repository.ts';
import type { Checkout } from './checkout.ts';

/** The duration of a lease in seconds. The holder of a lease renews it three times within this time. */
export const LEASE_SECONDS = 6;

/** Thrown when another process has taken over the checkout. The code that catches this error must not change the checkout any more. */
export class LeaseLostError extends Error {
  constructor(checkoutId: string) {
    super(`Checkout ${checkoutId} was taken over`);
    this.name = 'LeaseLostError';
  }
}

// The end of a lease by the database's clock, because the processes that compete for a lease must agree on the time.
const leaseEnd = sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})`;

/** The stored form of an idempotency key. A key belongs to its cart, so that a buyer cannot use up the keys of another buyer. */
const ownKey = (cartId: string, key: string) => `${cartId} ${key}`;

/** The checkout for an idempotency key of a cart. Null when the key is unused. */
export async function findCheckoutByKey(tx: OrdersTransaction, cartId: string, key: string): Promise<Checkout | null> {
  const row = await checkouts(tx)
    .where('cart_id', '=', cartId)
    .where('idempotency_key', 'in', [ownKey(cartId, key), key]) // earlier versions stored the key alone
    .executeTakeFirst();
  return row ? checkoutOf(row) : null;
}

/** The checkout that is ordering a cart now. Null when there is none. */
export async function findRunningCheckout(tx: OrdersTransaction, cartId: string): Promise<Checkout | null> {
  const row = await checkouts(tx)
    .where('cart_id', '=', cartId)
    .where('state', 'not in', ['COMPLETED', 'UNDONE'])
    .executeTakeFirst();
  return row ? checkoutOf(row) : null;
}

export async function findCheckout(tx: OrdersTransaction, id: string): Promise<Checkout | null> {
  const row = await checkouts(tx).where('id', '=', id).executeTakeFirst();
  return row ? checkoutOf(row) : null;
}

/** Records the start of a checkout. The cart must be locked. */
export async function insertCheckout({ db, tenantId }: OrdersTransaction, checkout: Checkout): Promise<void> {
  await db
    .insertInto('checkout')
    .values({
      tenant_id: tenantId,
      id: checkout.id,
      order_id: checkout.orderId,
      cart_id: checkout.cartId,
      idempotency_key: checkout.idempotencyKey && ownKey(checkout.cartId, checkout.idempotencyKey),
      fingerprint: checkout.fingerprint,
      state: checkout.state,
      reservation_id: checkout.reservationId,
      lease: checkout.lease,
      lease_until: leaseEnd,
      version: 1,
    })
    .execute();
}

/** Records a step and renews the lease. @throws LeaseLostError when another process has taken over the checkout */
export async function saveCheckout({ db, tenantId }: OrdersTransaction, checkout: Checkout): Promise<void> {
  const result = await db
    .updateTable('checkout')
    .set({ state: checkout.state, ...factColumns(checkout), lease_until: leaseEnd })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', checkout.id)
    .where('lease', '=', checkout.lease)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) === 0) throw new LeaseLostError(checkout.id);
}

/** Renews the lease. @throws LeaseLostError when another process has taken over the checkout */
export async function renewLease(
  { db, tenantId }: OrdersTransaction,
  { id, lease }: Pick<Checkout, 'id' | 'lease'>,
): Promise<void> {
  const result = await db
    .updateTable('checkout')
    .set({ lease_until: leaseEnd })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('lease', '=', lease)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) === 0) throw new LeaseLostError(id);
}

/**
 * Ends the lease, so that the recovery job takes over the checkout at its next run. The call has no effect when another lease has begun.
 */
export async function endLease(
  { db, tenantId }: OrdersTransaction,
  { id, lease }: Pick<Checkout, 'id' | 'lease'>,
): Promise<void> {
  await db
    .updateTable('checkout')
    .set({ lease_until: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('lease', '=', lease)
    .execute();
}

/**
 * Takes over a checkout whose lease has expired, under a new lease. Null when another process holds the lease, or when the checkout has
 * ended.
 */
export async function takeOverCheckout(
  { db, tenantId }: OrdersTransaction,
  id: string,
  lease: string,
): Promise<Checkout | null> {
  const row = await db
    .updateTable('checkout')
    .set({ lease, lease_until: leaseEnd })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', 'not in', ['COMPLETED', 'UNDONE'])
    .where('lease_until', '<', sql<Date>`now()`)
    .returningAll()
    .executeTakeFirst();
  return row ? checkoutOf(row) : null;
}

function checkouts({ db, tenantId }: OrdersTransaction) {
  return db.selectFrom('checkout').where('tenant_id', '=', tenantId).selectAll();
}

function factColumns({ cartId, idempotencyKey, reservationId, ...facts }: Checkout) {
  return {
    idempotency_key: idempotencyKey && ownKey(cartId, idempotencyKey),
    reservation_id: reservationId,
    agreement: facts.agreement && jsonb(facts.agreement),
    allocations: facts.allocations && jsonb(facts.allocations),
    payment: facts.payment && jsonb(facts.payment),
    compensations: facts.compensations && jsonb(facts.compensations),
    refusal: facts.refusal && jsonb(facts.refusal),
  };
}

function checkoutOf(row: Selectable<OrdersDatabase['checkout']>): Checkout {
  return {
    id: row.id,
    orderId: row.order_id,
    cartId: row.cart_id,
    idempotencyKey: row.idempotency_key?.replace(`${row.cart_id} `, '') ?? null,
    fingerprint: row.fingerprint,
    state: row.state,
    agreement: row.agreement,
    reservationId: row.reservation_id,
    allocations: row.allocations,
    payment: row.payment,
    compensations: row.compensations,
    refusal: row.refusal,
    lease: row.lease,
  };
}
