import { randomUUID } from 'node:crypto';
import { money, subtract, zero, type Money } from '@souk/kit/domain';
import { fixedStatement } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersTransaction } from '../database.ts';
import { grossOf } from '../tax/taxed-parts.ts';
import { findOrderLines, findOrders, type OrderLineRecord, type OrderRecord } from './order-records.repository.ts';
import {
  newlyGivenBack,
  refundOfOrder,
  releaseOf,
  type RefundedOrder,
  type TaxedReturn,
  type UnitRange,
} from './order-refund.ts';
import { dueOf } from './order-status.ts';
import type { Order } from './order.ts';

/** A refund as read from the database. */
export type OrderRefundRecord = Selectable<OrdersDatabase['order_refund']>;

/** The highest number of refunds that an order shows. */
const MAX_SHOWN = 100;

/** The first refunds of each order, the oldest first, grouped by order id. */
export async function findRefunds(
  { db, tenantId }: OrdersTransaction,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, OrderRefundRecord[]>> {
  const rows = await db
    .selectFrom(sql<{ id: string }>`unnest(${orderIds}::uuid[])`.as<'owner'>(sql`owner(id)`))
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('order_refund')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .whereRef('order_id', '=', 'owner.id')
          .where('kind', '=', 'REFUND')
          .orderBy('position')
          .limit(MAX_SHOWN)
          .as('refund'),
      (join) => join.onTrue(),
    )
    .selectAll('refund')
    .execute();
  return Map.groupBy(rows, ({ order_id }) => order_id);
}

const inserted = fixedStatement(`
  insert into order_refund (tenant_id, id, order_id, position, kind, at, amount_minor, parts, units)
  values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb)`);

/**
 * Records the taxes of the money that the change from `before` to `after` returned to the buyer. When a capture takes
 * only the amount that is still due, the price of the units that were canceled or returned earlier is recorded as a
 * release. The order must be locked.
 */
export async function recordRefund(tx: OrdersTransaction, before: Order, after: Order, at: Date): Promise<void> {
  const { refunded, isReleasing } = returnedMoney(before, after);
  if (refunded.amountMinor <= 0 && !isReleasing) return;
  const known = await findEarlier(tx, after.id);
  const order = await findRefundedOrder(tx, after.id);
  const units = newlyGivenBack(after, known);
  const insert = (position: number, kind: 'REFUND' | 'RELEASE', amount: Money, taxed: TaxedReturn) => {
    if (amount.amountMinor <= 0) return;
    const content = [amount.amountMinor, JSON.stringify(taxed.parts), JSON.stringify(taxed.units)];
    tx.write(inserted(tx.db, tx.tenantId, randomUUID(), after.id, position, kind, at, ...content));
  };
  const position = known.length + 1;
  if (!isReleasing) return insert(position, 'REFUND', refunded, refundOfOrder(order, known, units, refunded));
  const release = releaseOf(order, units);
  insert(position, 'RELEASE', grossOf(release.parts, refunded.currency), release);
}

/**
 * Returns the money that was refunded between two states of an order, and whether a capture releases the price of units
 * that were canceled or returned earlier. One change of a payment is a capture or a refund, never both.
 */
function returnedMoney(before: Order, after: Order) {
  const none = zero(after.total.currency);
  const { captured, refunded } = after.payment ?? { captured: none, refunded: none };
  const isCaptured = captured.amountMinor > (before.payment?.captured.amountMinor ?? 0);
  const hasReturns = after.canceledTotal.amountMinor + after.returnedTotal.amountMinor > 0;
  const since = subtract(refunded, before.payment?.refunded ?? none);
  const isReleasing = isCaptured && hasReturns && since.amountMinor <= 0 && captured.amountMinor <= dueOf(after);
  return { refunded: since, isReleasing };
}

/**
 * The taxes of a refund for units that are being canceled or returned. The order must be locked.
 * @param units the units of this refund only
 */
export async function taxRefund(
  tx: OrdersTransaction,
  orderId: string,
  units: readonly UnitRange[],
  amount: Money,
): Promise<TaxedReturn> {
  const earlier = await findEarlier(tx, orderId);
  return refundOfOrder(await findRefundedOrder(tx, orderId), earlier, units, amount);
}

async function findEarlier({ db, tenantId }: OrdersTransaction, orderId: string): Promise<TaxedReturn[]> {
  return db
    .selectFrom('order_refund')
    .where('tenant_id', '=', tenantId)
    .where('order_id', '=', orderId)
    .select(['parts', 'units'])
    .orderBy('position')
    .execute();
}

async function findRefundedOrder(tx: OrdersTransaction, id: string): Promise<RefundedOrder> {
  const [[order], lines] = await Promise.all([findOrders(tx, [id]), findOrderLines(tx, [id])]);
  if (!order) throw new Error(`Order ${id} is locked, but cannot be read`);
  return paidOrderOf(order, lines.get(id) ?? []);
}

/** The amounts of a stored order. */
export function paidOrderOf(order: OrderRecord, lines: readonly OrderLineRecord[]): RefundedOrder {
  const { currency } = order;
  return {
    shipping: money(order.shipping_minor, currency),
    tax: money(order.tax_minor, currency),
    taxes: order.taxes,
    lines: lines.map((line) => paidLineOf(line, currency)),
  };
}

/** The amounts of a stored line. */
export function paidLineOf(line: OrderLineRecord, currency: string) {
  return {
    id: line.id,
    quantity: line.quantity,
    gross: money(line.total_minor, currency),
    tax: money(line.tax_minor, currency),
    taxBasisPoints: line.tax_basis_points,
    taxLines: line.tax_lines,
  };
}
