import { randomUUID } from 'node:crypto';
import type { StockAllocation } from '@souk/inventory/contract';
import type { Transaction } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { OrdersDatabase } from '../database.ts';
import { jsonb } from '../jsonb.ts';
import type { Cancellation } from './order-cancellation.ts';
import { saveOrder } from './order.repository.ts';
import type { Order } from './order.ts';

type Tx = Transaction<OrdersDatabase>;

/** What a canceled order must still give back. `id` makes its commands idempotent. */
export interface DueCompensation {
  readonly id: string;
  readonly orderId: string;
  readonly restock: readonly StockAllocation[];
  readonly money: 'VOID' | 'REFUND' | null;
  readonly paymentId: string | null;
  readonly reason: string;
}

/** Writes a cancellation and what it must give back. The order must be locked. */
export async function saveCancellation(tx: Tx, before: Order, cancellation: Cancellation): Promise<void> {
  await saveOrder(tx, before, cancellation);
  const { restock, money } = cancellation.compensation;
  if (restock.length === 0 && money === null) return;
  await tx.db
    .insertInto('order_compensation')
    .values({
      tenant_id: tx.tenantId,
      id: randomUUID(),
      order_id: before.id,
      restock: jsonb(restock),
      money,
      payment_id: before.payment?.paymentId ?? null,
      reason: cancellation.order.cancelReason ?? '',
    })
    .execute();
}

/** What an order must still give back; null when there is nothing left. The next try is due in 30 seconds from now. */
export async function claimCompensation(
  tx: Tx,
  by: { readonly orderId: string } | { readonly id: string },
): Promise<DueCompensation | null> {
  const row = await tx.db
    .updateTable('order_compensation')
    .set({ retry_at: sql<Date>`now() + interval '30 seconds'` })
    .where('tenant_id', '=', tx.tenantId)
    .where('done_at', 'is', null)
    .where('orderId' in by ? 'order_id' : 'id', '=', 'orderId' in by ? by.orderId : by.id)
    .returning(['id', 'order_id', 'restock', 'money', 'payment_id', 'reason'])
    .executeTakeFirst();
  if (!row) return null;
  const { id, restock, money, reason } = row;
  return { id, orderId: row.order_id, restock, money, paymentId: row.payment_id, reason };
}

/** Nothing is left to give back. */
export async function endCompensation({ db, tenantId }: Tx, id: string, now: Date): Promise<void> {
  await db
    .updateTable('order_compensation')
    .set({ done_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}
