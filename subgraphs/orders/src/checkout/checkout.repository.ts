import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersTransaction } from '../database.ts';
import { jsonb } from '../jsonb.repository.ts';
import type { StoredCheckoutState, StoredCheckoutWait } from './checkout.entity.ts';
import type { Checkout } from './checkout.ts';

/** Duration of a lease in seconds. Its holder renews it three times in this time. */
export const LEASE_SECONDS = 6;

/** Thrown when another process took over the checkout. The catching code must not change the checkout any more. */
export class LeaseLostError extends Error {
  constructor(checkoutId: string) {
    super(`Checkout ${checkoutId} was taken over`);
    this.name = 'LeaseLostError';
  }
}

// The database's clock: the processes that compete for a lease must agree on the time.
const leaseEnd = sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})`;

/** The stored form of a key. Keys belong to their cart, so a buyer cannot use up the keys of another buyer. */
const ownKey = (cartId: string, key: string) => `${cartId} ${key}`;

/** The checkout of a cart's idempotency key. Null: the key is unused. */
export async function findCheckoutByKey(tx: OrdersTransaction, cartId: string, key: string): Promise<Checkout | null> {
  const row = await checkouts(tx)
    .where('cart_id', '=', cartId)
    .where('idempotency_key', 'in', [ownKey(cartId, key), key]) // earlier versions stored the key alone
    .executeTakeFirst();
  return row ? checkoutOf(row) : null;
}

/** The checkout that is ordering a cart now. Null: none. */
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
      ...stateColumns(checkout),
      reservation_id: checkout.reservationId,
      lease: checkout.lease,
      lease_until: leaseEnd,
      version: 1,
    })
    .execute();
}

/**
 * Records a step and renews the lease. The lease of a checkout that begins to wait for its payment lasts until the wait ends.
 * @throws LeaseLostError when another process took over
 */
export async function saveCheckout({ db, tenantId }: OrdersTransaction, checkout: Checkout): Promise<void> {
  const result = await db
    .updateTable('checkout')
    .set({ ...stateColumns(checkout), ...factColumns(checkout), lease_until: nextLook(checkout) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', checkout.id)
    .where('lease', '=', checkout.lease)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) === 0) throw new LeaseLostError(checkout.id);
}

/** Renews the lease. @throws LeaseLostError when another process took over */
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

/** Ends the lease, so that the recovery job takes over the checkout at its next run. No effect when another lease has begun. */
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

/** Takes over a checkout whose lease expired, under a new lease. Null: another process holds the lease, or the checkout has ended. */
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

/**
 * Takes over a checkout that waits for its payment, to ask for the outcome. Null: another process asks already, or the checkout does not wait
 * any more.
 */
export async function takeOverWaiting(
  { db, tenantId }: OrdersTransaction,
  id: string,
  lease: string,
): Promise<Checkout | null> {
  const row = await reservedCheckout(db, tenantId, id)
    .set({ lease, lease_until: leaseEnd, wait: sql<StoredCheckoutWait>`wait || '{"phase": "CONFIRMING"}'::jsonb` })
    .where(isParked)
    .returningAll()
    .executeTakeFirst();
  return row ? checkoutOf(row) : null;
}

/**
 * Makes a checkout that waits for its payment due, so that the recovery job asks for the outcome at its next run. A checkout whose wait is
 * being recorded, or that asks for an older state of the payment, is due when it waits again.
 */
export async function endWait({ db, tenantId }: OrdersTransaction, id: string): Promise<void> {
  await reservedCheckout(db, tenantId, id)
    .set({
      wait: sql<StoredCheckoutWait>`coalesce(wait, '{}') || '{"settled": true}'::jsonb`,
      lease_until: sql<Date>`case when ${isParked} then now() else lease_until end`,
    })
    .execute();
}

const isParked = sql<boolean>`coalesce(wait ->> 'phase', '') = 'AWAITING_PAYMENT'`;

function reservedCheckout(db: OrdersTransaction['db'], tenantId: string, id: string) {
  return db
    .updateTable('checkout')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'RESERVED');
}

function checkouts({ db, tenantId }: OrdersTransaction) {
  return db.selectFrom('checkout').where('tenant_id', '=', tenantId).selectAll();
}

/** The columns of a state. A waiting checkout is stored as RESERVED with its wait. */
function stateColumns({ state, wait }: Checkout) {
  if (state !== 'AWAITING_PAYMENT' && state !== 'CONFIRMING')
    return { state: state satisfies StoredCheckoutState, wait: null };
  if (!wait) throw new TypeError(`A checkout that is ${state} needs a wait`);
  return { state: 'RESERVED' as const, wait: jsonb<StoredCheckoutWait>({ ...wait, phase: state }) };
}

/** When recovery takes over. A wait whose payment was settled meanwhile is due at once. */
function nextLook({ state, wait }: Checkout) {
  if (state !== 'AWAITING_PAYMENT' || !wait) return leaseEnd;
  return sql<Date>`case when wait ->> 'settled' = 'true' then now() else ${wait.until}::timestamptz end`;
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
    state: (row.state === 'RESERVED' && row.wait?.phase) || row.state,
    agreement: row.agreement,
    reservationId: row.reservation_id,
    allocations: row.allocations,
    payment: row.payment,
    compensations: row.compensations,
    refusal: row.refusal,
    wait: row.wait?.phase ? { action: row.wait.action, until: row.wait.until } : null,
    lease: row.lease,
  };
}
