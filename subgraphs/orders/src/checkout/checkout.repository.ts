import { fixedStatement } from '@souk/kit/persistence';
import { sql, type QueryResult, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead, OrdersTransaction } from '../database.ts';
import { STORED_WHILE_RUNNING } from './checkout.machine.ts';
import type { Checkout } from './checkout.ts';

type CheckoutRow = Omit<
  Selectable<OrdersDatabase['checkout']>,
  'tenant_id' | 'lease_until' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by' | 'deleted_at' | 'version'
>;

/** Duration of a lease in seconds. Its holder renews it three times in this time. */
export const LEASE_SECONDS = 6;

/** Thrown when another process took over the checkout. The catching code must not change the checkout any more. */
export class LeaseLostError extends Error {
  constructor(checkoutId: string) {
    super(`Checkout ${checkoutId} was taken over`);
    this.name = 'LeaseLostError';
  }
}

const isUnfinished = sql<boolean>`state not in ('COMPLETED', 'UNDONE')`;

// The database's clock: the processes that compete for a lease must agree on the time.
const LEASE_END = `now() + make_interval(secs => ${LEASE_SECONDS})`;
const leaseEnd = sql.raw<Date>(LEASE_END);

/** The stored form of a key. Keys belong to their cart, so a buyer cannot use up the keys of another buyer. */
const ownKey = (cartId: string, key: string) => `${cartId} ${key}`;

const SELECT_CHECKOUT = `
  select id, order_id, cart_id, idempotency_key, fingerprint, state, agreement, reservation_id, allocations, payment, compensations, refusal, lease
    from checkout where tenant_id = $1`;
const checkoutOfKey = fixedStatement<CheckoutRow>(
  `${SELECT_CHECKOUT} and cart_id = $2 and idempotency_key in ($3, $4)`,
);
// Literals: a plan for any values could not use the indexes of unfinished checkouts.
const unfinishedOfCart = fixedStatement<CheckoutRow>(
  `${SELECT_CHECKOUT} and cart_id = $2 and state not in ('COMPLETED', 'UNDONE')`,
);
const checkoutById = fixedStatement<CheckoutRow>(`${SELECT_CHECKOUT} and id = $2`);

/** The checkout of a cart's idempotency key. Null: the key is unused. */
export async function findCheckoutByKey(tx: OrdersTransaction, cartId: string, key: string): Promise<Checkout | null> {
  // Earlier versions stored the key alone.
  return firstOf(await checkoutOfKey(tx.db, tx.tenantId, cartId, ownKey(cartId, key), key));
}

/** The checkout that is ordering a cart now. Null: none. */
export async function findRunningCheckout(
  { db, tenantId }: OrdersTransaction,
  cartId: string,
): Promise<Checkout | null> {
  return firstOf(await unfinishedOfCart(db, tenantId, cartId));
}

export async function findCheckout({ db, tenantId }: OrdersRead, id: string): Promise<Checkout | null> {
  return firstOf(await checkoutById(db, tenantId, id));
}

const started = fixedStatement(`
  insert into checkout (tenant_id, id, order_id, cart_id, idempotency_key, fingerprint, state, reservation_id, lease, lease_until, version)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, ${LEASE_END}, 1)`);

/** Records the start of a checkout, as `STORED_WHILE_RUNNING`. The cart must be locked. */
export function insertCheckout(tx: OrdersTransaction, checkout: Checkout): void {
  const { id, orderId, cartId, fingerprint, reservationId, lease } = checkout;
  const key = storedKey(checkout);
  tx.write(
    started(tx.db, tx.tenantId, id, orderId, cartId, key, fingerprint, STORED_WHILE_RUNNING, reservationId, lease),
  );
}

const saved = fixedStatement(`
  update checkout
     set state = $4, idempotency_key = $5, reservation_id = $6, agreement = $7::jsonb, allocations = $8::jsonb, payment = $9::jsonb,
         compensations = $10::jsonb, refusal = $11::jsonb, lease_until = ${LEASE_END}
   where tenant_id = $1 and id = $2 and lease = $3`);

/** Records a step and renews the lease. @throws LeaseLostError when another process took over */
export async function saveCheckout({ db, tenantId }: OrdersTransaction, checkout: Checkout): Promise<void> {
  const { id, lease, state, reservationId, agreement, allocations, payment, compensations, refusal } = checkout;
  const facts = [agreement, allocations, payment, compensations, refusal].map((fact) => fact && JSON.stringify(fact));
  const result = await saved(db, tenantId, id, lease, state, storedKey(checkout), reservationId, ...facts);
  if (result.numAffectedRows !== 1n) throw new LeaseLostError(id);
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
    .where(isUnfinished)
    .where('lease_until', '<', sql<Date>`now()`)
    .returningAll()
    .executeTakeFirst();
  return row ? checkoutOf(row) : null;
}

function storedKey({ cartId, idempotencyKey }: Checkout): string | null {
  return idempotencyKey && ownKey(cartId, idempotencyKey);
}

function firstOf({ rows }: QueryResult<CheckoutRow>): Checkout | null {
  return rows[0] ? checkoutOf(rows[0]) : null;
}

function checkoutOf(row: CheckoutRow): Checkout {
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
