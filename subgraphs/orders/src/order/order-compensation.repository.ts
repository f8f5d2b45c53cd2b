import { randomUUID } from 'node:crypto';
import type { StockAllocation } from '@souk/inventory/contract';
import { money, type Money } from '@souk/kit/domain';
import { sql } from 'kysely';
import type { OrdersTransaction } from '../database.ts';
import { jsonb } from '../jsonb.repository.ts';
import { releaseUses } from '../promotion/promotion-use.repository.ts';
import type { Cancellation } from './order-cancellation.ts';
import type { UnitsGivenBack } from './given-back.ts';
import type { LineCancellation } from './order-line-cancellation.ts';
import { saveGivenBackUnits, saveOrder } from './order.repository.ts';
import type { Order } from './order.ts';

/** A pending compensation of a canceled order or of canceled units. `id` is the idempotency id of its commands. */
export interface DueCompensation {
  readonly kind: CompensationKind;
  readonly id: string;
  readonly orderId: string;
  readonly restock: readonly StockAllocation[];
  readonly money: 'VOID' | 'REFUND' | null;
  /** The amount of the refund. Null to refund everything that is left. */
  readonly amount: Money | null;
  readonly paymentId: string | null;
  readonly reason: string;
}

/** Writes a cancellation and its compensation, and releases the uses of promotions. The order must be locked. */
export async function saveCancellation(
  tx: OrdersTransaction,
  before: Order,
  cancellation: Cancellation,
): Promise<void> {
  await saveOrder(tx, before, cancellation);
  await releaseUses(tx, before.id);
  const { restock, money: how } = cancellation.compensation;
  if (restock.length === 0 && how === null) return;
  await tx.db
    .insertInto('order_compensation')
    .values({
      tenant_id: tx.tenantId,
      id: randomUUID(),
      order_id: before.id,
      restock: jsonb(restock),
      money: how,
      payment_id: before.payment?.paymentId ?? null,
      reason: cancellation.order.cancelReason ?? '',
    })
    .execute();
}

/** Writes a cancellation of units and its compensation. The order must be locked. @returns the id of the cancellation */
export async function saveLineCancellation(
  tx: OrdersTransaction,
  before: Order,
  decided: LineCancellation,
  reason: string,
): Promise<string> {
  await saveOrder(tx, before, decided);
  await saveGivenBackUnits(tx, decided.lines);
  return insertLineCancellation(tx, before, decided.givenBack, reason);
}

/**
 * Writes the compensation of canceled or returned units.
 * @param id the id of the compensation. For returned units it is the id of the return.
 * @returns the id of the compensation
 */
export async function insertLineCancellation(
  { db, tenantId }: OrdersTransaction,
  { id: orderId, payment }: Pick<Order, 'id' | 'payment'>,
  { restock, refund }: UnitsGivenBack,
  reason: string,
  id: string = randomUUID(),
): Promise<string> {
  await db
    .insertInto('order_line_cancellation')
    .values({
      tenant_id: tenantId,
      id,
      order_id: orderId,
      restock: jsonb(restock),
      refund_minor: refund.amountMinor,
      currency: refund.currency,
      payment_id: payment?.paymentId ?? null,
      reason,
    })
    .execute();
  return id;
}

/** The key of a compensation. It is the order's id for a canceled order, and the cancellation's id for canceled units. */
export type CompensationKey =
  | { readonly kind: 'ORDER'; readonly orderId: string }
  | { readonly kind: CompensationKind; readonly id: string };

export type CompensationKind = 'ORDER' | 'UNITS';

const NEXT_TRY = sql<Date>`now() + interval '30 seconds'`;

/** Claims a pending compensation for 30 seconds, during which no other process runs it. Null when the compensation is done. */
export function claimCompensation(tx: OrdersTransaction, key: CompensationKey): Promise<DueCompensation | null> {
  return key.kind === 'ORDER' ? claimOrder(tx, key) : claimUnits(tx, key.id);
}

async function claimOrder(
  { db, tenantId }: OrdersTransaction,
  by: { readonly orderId: string } | { readonly id: string },
): Promise<DueCompensation | null> {
  const row = await db
    .updateTable('order_compensation')
    .set({ retry_at: NEXT_TRY })
    .where('tenant_id', '=', tenantId)
    .where('done_at', 'is', null)
    .where('orderId' in by ? 'order_id' : 'id', '=', 'orderId' in by ? by.orderId : by.id)
    .returning(['id', 'order_id', 'restock', 'money', 'payment_id', 'reason'])
    .executeTakeFirst();
  if (!row) return null;
  const { id, order_id: orderId, restock, money: how, payment_id: paymentId, reason } = row;
  return { kind: 'ORDER', id, orderId, restock, money: how, amount: null, paymentId, reason };
}

async function claimUnits({ db, tenantId }: OrdersTransaction, id: string): Promise<DueCompensation | null> {
  const row = await db
    .updateTable('order_line_cancellation')
    .set({ retry_at: NEXT_TRY })
    .where('tenant_id', '=', tenantId)
    .where('done_at', 'is', null)
    .where('id', '=', id)
    .returning(['order_id', 'restock', 'refund_minor', 'currency', 'payment_id', 'reason'])
    .executeTakeFirst();
  if (!row) return null;
  const { order_id: orderId, restock, payment_id: paymentId, reason } = row;
  const amount = money(row.refund_minor, row.currency);
  return {
    kind: 'UNITS',
    id,
    orderId,
    restock,
    money: row.refund_minor > 0 ? 'REFUND' : null,
    amount,
    paymentId,
    reason,
  };
}

/** Marks a compensation as done, so the job does not retry it. */
export async function endCompensation(
  { db, tenantId }: OrdersTransaction,
  { kind, id }: DueCompensation,
  now: Date,
): Promise<void> {
  await db
    .updateTable(kind === 'ORDER' ? 'order_compensation' : 'order_line_cancellation')
    .set({ done_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}
