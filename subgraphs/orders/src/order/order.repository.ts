import { money } from '@souk/kit/domain';
import { sql } from 'kysely';
import type { OrdersTransaction } from '../database.ts';
import { findFulfillments, writeFulfillments } from '../fulfillment/fulfillment.repository.ts';
import type { LineAllocation } from '../fulfillment/warehouse-split.ts';
import { jsonb } from '../jsonb.repository.ts';
import type { OrderAgreement } from './order-agreement.ts';
import { writeHistory } from './order-history.repository.ts';
import { changesOf } from './order.events.ts';
import { deriveStatuses } from './order-status.ts';
import type { Decision, Order, OrderedLine, RecordedEntry } from './order.ts';

/** The origin of an order. */
export interface OrderOrigin {
  readonly number: string;
  readonly cartId: string | null;
  readonly externalReference: string | null;
  readonly placedAt: Date;
}

/**
 * Locks and returns the order for a change. Null when the order is unknown. No other transaction can change the order until this
 * transaction ends.
 */
export async function lockOrder(tx: OrdersTransaction, id: string): Promise<Order | null> {
  const { db, tenantId } = tx;
  const row = await db
    .selectFrom('sales_order')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .selectAll()
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const lines = await db
    .selectFrom('order_line')
    .where('tenant_id', '=', tenantId)
    .where('order_id', '=', id)
    .select(['id', 'sku', 'quantity', 'allocations', 'canceled_quantity', 'total_minor'])
    .orderBy('position')
    .execute();
  return {
    id: row.id,
    number: row.number,
    total: money(row.total_minor, row.currency),
    canceledTotal: money(row.canceled_minor, row.currency),
    lines: lines.map(({ canceled_quantity, total_minor, ...line }) => ({
      ...line,
      canceledQuantity: canceled_quantity,
      total: money(total_minor, row.currency),
    })),
    fulfillments: (await findFulfillments(tx, [id])).get(id) ?? [],
    payment: row.payment,
    stockCommittedAt: row.stock_committed_at,
    canceledAt: row.canceled_at,
    cancelReason: row.cancel_reason,
    customerId: row.customer_id,
    historyLength: row.history_length,
    version: row.version,
  };
}

/** Writes a new order with its first decisions, and returns its history. The caller has to publish the events. */
export async function insertOrder(
  tx: OrdersTransaction,
  origin: OrderOrigin,
  agreement: OrderAgreement,
  { order, history }: Decision,
): Promise<readonly RecordedEntry[]> {
  const { totals } = agreement;
  await tx.db
    .insertInto('sales_order')
    .values({
      tenant_id: tx.tenantId,
      id: order.id,
      number: origin.number,
      external_reference: origin.externalReference,
      cart_id: origin.cartId,
      email: agreement.email,
      locale: agreement.locale,
      currency: agreement.currency,
      subtotal_minor: totals.subtotal.amountMinor,
      discount_minor: totals.discount.amountMinor,
      shipping_minor: totals.shipping.amountMinor,
      tax_minor: totals.tax.amountMinor,
      total_minor: totals.total.amountMinor,
      shipping_address: jsonb(agreement.shippingAddress),
      billing_address: agreement.billingAddress && jsonb(agreement.billingAddress),
      shipping_method_name: agreement.shippingMethodName,
      placed_at: origin.placedAt,
      history_length: history.length,
      version: order.version,
      ...factColumns(order),
    })
    .execute();
  await insertLines(tx, order, agreement);
  await writeFulfillments(tx, order.id, [], order.fulfillments);
  return writeHistory(tx, order, 0, history);
}

/** Writes the changes of a decision, the history and the events. The order must be locked. */
export async function saveOrder(tx: OrdersTransaction, before: Order, { order, history }: Decision): Promise<void> {
  if (order === before) return;
  await tx.db
    .updateTable('sales_order')
    .set({ ...factColumns(order), history_length: before.historyLength + history.length })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', order.id)
    .execute();
  await writeFulfillments(tx, order.id, before.fulfillments, order.fulfillments);
  tx.outbox.append(changesOf(order, await writeHistory(tx, order, before.historyLength, history)));
}

/** Replaces the allocations of an order whose reservation was lost and made again in other warehouses. */
export async function saveAllocations(
  { db, tenantId }: OrdersTransaction,
  allocations: ReadonlyMap<string, readonly LineAllocation[]>,
): Promise<void> {
  const rows = [...allocations].map(([id, parts]) => ({ id, parts }));
  await sql`
    update order_line set allocations = line.parts
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as line (id uuid, parts jsonb)
     where order_line.tenant_id = ${tenantId}::uuid and order_line.id = line.id`.execute(db);
}

/** Writes the canceled units of the lines and the remaining allocations. */
export async function saveCanceledUnits(
  { db, tenantId }: OrdersTransaction,
  lines: readonly OrderedLine[],
): Promise<void> {
  const rows = lines.map(({ id, allocations, canceledQuantity }) => ({ id, allocations, canceled: canceledQuantity }));
  await sql`
    update order_line set allocations = line.allocations, canceled_quantity = line.canceled
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as line (id uuid, allocations jsonb, canceled bigint)
     where order_line.tenant_id = ${tenantId}::uuid and order_line.id = line.id`.execute(db);
}

/** The id of the order with this number and e-mail address (in small letters). Null when there is no such order. */
export async function findOrderByNumber(
  { db, tenantId }: OrdersTransaction,
  number: string,
  email: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('sales_order')
    .where('tenant_id', '=', tenantId)
    .where('number', '=', number)
    .where(sql<string>`email_key`, '=', email)
    .select('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Invalidates the access token of an order, and returns the next generation of tokens. Null when the order is unknown. */
export async function renewAccess({ db, tenantId }: OrdersTransaction, id: string): Promise<number | null> {
  const row = await db
    .updateTable('sales_order')
    .set({ access_generation: sql<number>`access_generation + 1` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning('access_generation')
    .executeTakeFirst();
  return row?.access_generation ?? null;
}

/**
 * The next order number of the tenant. The number's row stays locked until the transaction ends, so call this function as late as possible.
 */
export async function nextOrderNumber({ db, tenantId }: OrdersTransaction, prefix: string): Promise<string> {
  const { last } = await db
    .insertInto('order_number')
    .values({ tenant_id: tenantId, last: FIRST_NUMBER })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ last: sql<number>`order_number.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow();
  return `${prefix}${last}`;
}

/** The first number of a tenant. It has six digits, so that a number does not reveal how new a shop is. */
const FIRST_NUMBER = 100_001;

function factColumns(order: Order) {
  const { status, paymentStatus, fulfillmentStatus } = deriveStatuses(order);
  return {
    customer_id: order.customerId,
    payment: order.payment && jsonb(order.payment),
    stock_committed_at: order.stockCommittedAt,
    canceled_at: order.canceledAt,
    cancel_reason: order.cancelReason,
    canceled_minor: order.canceledTotal.amountMinor,
    status,
    payment_status: paymentStatus,
    fulfillment_status: fulfillmentStatus,
  };
}

async function insertLines(
  { db, tenantId }: OrdersTransaction,
  order: Order,
  { lines }: OrderAgreement,
): Promise<void> {
  const allocations = new Map(order.lines.map((line) => [line.id, line.allocations]));
  const rows = lines.map((line, position) => ({
    tenant_id: tenantId,
    id: line.id,
    order_id: order.id,
    position,
    variant_id: line.variantId,
    product_id: line.productId,
    sku: line.sku,
    name: line.name,
    options: jsonb(line.options),
    quantity: line.quantity,
    unit_price: line.unitPrice,
    total_minor: line.total.amountMinor,
    tax_minor: line.tax.amountMinor,
    tax_basis_points: line.taxBasisPoints,
    allocations: jsonb(allocations.get(line.id) ?? []),
  }));
  await db.insertInto('order_line').values(rows).execute();
}
