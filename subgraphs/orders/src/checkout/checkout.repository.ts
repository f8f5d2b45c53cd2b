import { fixedStatement } from '@souk/kit/persistence';
import { sql, type QueryResult, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead, OrdersTransaction } from '../database.ts';
import type { StoredCheckoutState, StoredCheckoutWait } from './checkout.entity.ts';
import { STORED_WHILE_RUNNING } from './checkout.machine.ts';
import type { Checkout } from './checkout.ts';

type CheckoutRow = Omit<
  Selectable<OrdersDatabase['checkout']>,
  'tenant_id' | 'lease_until' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by' | 'deleted_at' | 'version'
>;

/** Duration of a lease in seconds. The process that holds the lease renews it every third of this time. */
export const LEASE_SECONDS = 6;

/** Thrown when another process has taken over the checkout. After this error the caller must not write to the checkout. */
export class LeaseLostError extends Error {
  constructor(checkoutId: string) {
    super(`Checkout ${checkoutId} was taken over`);
    this.name = 'LeaseLostError';
  }
}

const isUnfinished = sql<boolean>`state not in ('COMPLETED', 'UNDONE')`;

// The database's clock is used, because the clocks of the competing processes may differ.
const LEASE_END = `now() + make_interval(secs => ${LEASE_SECONDS})`;
const leaseEnd = sql.raw<Date>(LEASE_END);

/** The stored form of an idempotency key. It is prefixed with the cart's id, so buyers of different carts may use the same key. */
const ownKey = (cartId: string, key: string) => `${cartId} ${key}`;

const SELECT_CHECKOUT = `
  select id, order_id, cart_id, idempotency_key, fingerprint, state, agreement, reservation_id, allocations, payment, compensations, refusal, wait, lease
    from checkout where tenant_id = $1`;
const checkoutOfKey = fixedStatement<CheckoutRow>(
  `${SELECT_CHECKOUT} and cart_id = $2 and idempotency_key in ($3, $4)`,
);
// The states are literals. With parameters, a generic plan could not use the partial index of unfinished checkouts.
const unfinishedOfCart = fixedStatement<CheckoutRow>(
  `${SELECT_CHECKOUT} and cart_id = $2 and state not in ('COMPLETED', 'UNDONE')`,
);
const checkoutById = fixedStatement<CheckoutRow>(`${SELECT_CHECKOUT} and id = $2`);

/** The checkout that used an idempotency key for this cart. Null when the key is unused. */
export async function findCheckoutByKey(tx: OrdersTransaction, cartId: string, key: string): Promise<Checkout | null> {
  // Checkouts of earlier versions are stored under the key without the cart's id.
  return firstOf(await checkoutOfKey(tx.db, tx.tenantId, cartId, ownKey(cartId, key), key));
}

/** The unfinished checkout of a cart. Null when there is none. */
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

/** Inserts a checkout in the state `STORED_WHILE_RUNNING`. The cart must be locked. */
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
         compensations = $10::jsonb, refusal = $11::jsonb, wait = $12::jsonb,
         lease_until = case when $13::timestamptz is null then ${LEASE_END} when wait ->> 'settled' = 'true' then now() else $13::timestamptz end
   where tenant_id = $1 and id = $2 and lease = $3`);

/**
 * Records a step and renews the lease. In AWAITING_PAYMENT the lease lasts until the payment's deadline, so the recovery job leaves the
 * checkout alone. When the payment was settled meanwhile, the lease ends immediately.
 * @throws LeaseLostError when another process has taken over the checkout
 */
export async function saveCheckout({ db, tenantId }: OrdersTransaction, checkout: Checkout): Promise<void> {
  const { id, lease, reservationId, agreement, allocations, payment, compensations, refusal } = checkout;
  const [state, wait] = storedState(checkout);
  const values = [agreement, allocations, payment, compensations, refusal, wait];
  const facts = values.map((fact) => fact && JSON.stringify(fact));
  const until = checkout.state === 'AWAITING_PAYMENT' ? (checkout.wait?.until ?? null) : null;
  const result = await saved(db, tenantId, id, lease, state, storedKey(checkout), reservationId, ...facts, until);
  if (result.numAffectedRows !== 1n) throw new LeaseLostError(id);
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

/** Ends the lease, so the recovery job takes over the checkout at its next run. Has no effect when another process holds the lease. */
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

/** Takes over a checkout whose lease has expired, under a new lease. Null when the lease is still valid or the checkout has ended. */
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

/**
 * Takes over a checkout in AWAITING_PAYMENT, in order to request the outcome of its payment. Null when the checkout has another state, for
 * instance because another process has taken it over.
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
 * Records that the payment of a checkout has an outcome. The recovery job then continues the checkout at its next run. A checkout
 * in another state than AWAITING_PAYMENT is continued after it enters AWAITING_PAYMENT.
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

/** The values of the columns `state` and `wait`. AWAITING_PAYMENT and CONFIRMING are stored as RESERVED with `wait.phase`. */
function storedState({ state, wait }: Checkout): readonly [StoredCheckoutState, StoredCheckoutWait | null] {
  if (state !== 'AWAITING_PAYMENT' && state !== 'CONFIRMING') return [state, null];
  if (!wait) throw new TypeError(`A checkout that is ${state} needs a wait`);
  return ['RESERVED', { ...wait, phase: state }];
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
