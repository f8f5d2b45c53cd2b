import { money } from '@souk/kit/domain';
import { fixedStatement } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersTransaction } from '../database.ts';
import { findFulfillments, writeFulfillments } from '../fulfillment/fulfillment.repository.ts';
import type { LineAllocation } from '../fulfillment/warehouse-split.ts';
import type { PaymentFacts } from '@souk/payments/contract';
import { paidAmounts, remarksOf, type OrderAgreement } from './order-agreement.ts';
import { recordRefund } from './order-refund.repository.ts';
import { writeHistory } from './order-history.repository.ts';
import { requestInvoice } from './invoice-due.repository.ts';
import { changesOf } from './order.events.ts';
import { deriveStatuses } from './order-status.ts';
import type { Decision, Order, OrderedLine, RecordedEntry } from './order.ts';

type OrderRow = Pick<
  Selectable<OrdersDatabase['sales_order']>,
  | 'id'
  | 'number'
  | 'currency'
  | 'total_minor'
  | 'canceled_minor'
  | 'returned_minor'
  | 'payment'
  | 'stock_committed_at'
  | 'canceled_at'
  | 'cancel_reason'
  | 'customer_id'
  | 'history_length'
  | 'version'
>;
type LineRow = Pick<
  Selectable<OrdersDatabase['order_line']>,
  'id' | 'sku' | 'quantity' | 'allocations' | 'canceled_quantity' | 'returned_quantity' | 'total_minor'
>;

/** The number and the origin of a new order. `cartId` is null for imported orders, `externalReference` is null for all others. */
export interface OrderOrigin {
  readonly number: string;
  readonly cartId: string | null;
  readonly externalReference: string | null;
  readonly placedAt: Date;
}

const orderForChange = fixedStatement<OrderRow>(`
  select id, number, currency, total_minor, canceled_minor, returned_minor, payment, stock_committed_at, canceled_at, cancel_reason,
         customer_id, history_length, version
    from sales_order where tenant_id = $1 and id = $2 for no key update`);
const linesOfOrder = fixedStatement<LineRow>(`
  select id, sku, quantity, allocations, canceled_quantity, returned_quantity, total_minor
    from order_line where tenant_id = $1 and order_id = $2 order by position`);

/**
 * Locks and returns the order until the end of the transaction. Null when the order is unknown. Sends three statements in one round trip.
 * Postgres runs the later statements after the lock is acquired.
 */
export async function lockOrder(tx: OrdersTransaction, id: string): Promise<Order | null> {
  const { db, tenantId } = tx;
  const [{ rows }, lines, fulfillments] = await Promise.all([
    orderForChange(db, tenantId, id),
    linesOfOrder(db, tenantId, id),
    findFulfillments(tx, [id]),
  ]);
  const [row] = rows;
  if (!row) return null;
  return {
    id: row.id,
    number: row.number,
    total: money(row.total_minor, row.currency),
    canceledTotal: money(row.canceled_minor, row.currency),
    returnedTotal: money(row.returned_minor, row.currency),
    lines: lines.rows.map(({ canceled_quantity, returned_quantity, total_minor, ...line }) => ({
      ...line,
      canceledQuantity: canceled_quantity,
      returnedQuantity: returned_quantity,
      total: money(total_minor, row.currency),
    })),
    fulfillments: fulfillments.get(id) ?? [],
    payment: row.payment,
    stockCommittedAt: row.stock_committed_at,
    canceledAt: row.canceled_at,
    cancelReason: row.cancel_reason,
    customerId: row.customer_id,
    historyLength: row.history_length,
    version: row.version,
  };
}

const awaitsFacts = fixedStatement(`
  select from sales_order where tenant_id = $1 and id = $2
     and (payment is null or (payment ->> 'paymentId' = $3 and (payment ->> 'version')::integer < $4))`);

/** Whether the facts are newer than the stored facts of the order's payment. The same decision as in `applyPayment`, without a lock. */
export async function isPaymentNews({ db, tenantId }: OrdersTransaction, facts: PaymentFacts): Promise<boolean> {
  const { rows } = await awaitsFacts(db, tenantId, facts.orderId, facts.paymentId, facts.version);
  return rows.length > 0;
}

const inserted = fixedStatement(`
  insert into sales_order
         (tenant_id, id, customer_id, payment, stock_committed_at, canceled_at, cancel_reason, canceled_minor, status, payment_status,
          fulfillment_status, number, external_reference, cart_id, placed_at, email, locale, currency, shipping_address, billing_address,
          shipping_method_name, subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, history_length, version, discounts,
          taxes, buyer_note, purchase_order_number, attributes, channel_id)
  values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19::jsonb, $20::jsonb, $21, $22, $23, $24,
          $25, $26, $27, $28, $29::jsonb, $30::jsonb, $31, $32, $33::jsonb, $34)`);

/** Inserts a new order and returns its history. The caller publishes the events. */
export async function insertOrder(
  tx: OrdersTransaction,
  { number, externalReference, cartId, placedAt }: OrderOrigin,
  agreement: OrderAgreement,
  { order, history }: Decision,
): Promise<readonly RecordedEntry[]> {
  const { email, locale, currency, shippingAddress, billingAddress, shippingMethodName, totals } = agreement;
  const addresses = [JSON.stringify(shippingAddress), billingAddress && JSON.stringify(billingAddress)];
  const { discount, tax, total } = totals;
  const { goods, shipping } = paidAmounts(agreement);
  const amounts = [goods, discount, shipping, tax, total].map(({ amountMinor }) => amountMinor);
  const origin = [number, externalReference, cartId, placedAt];
  const terms = [email, locale, currency, ...addresses, shippingMethodName, ...amounts];
  const discounts = JSON.stringify(agreement.discounts ?? []);
  const taxes = agreement.taxes ? JSON.stringify(agreement.taxes) : null;
  const { buyerNote, purchaseOrderNumber, attributes } = remarksOf(agreement.remarks);
  const remarks = [buyerNote, purchaseOrderNumber, JSON.stringify(attributes)];
  const values = [
    ...factValues(order),
    ...origin,
    ...terms,
    history.length,
    order.version,
    discounts,
    taxes,
    ...remarks,
    agreement.channelId ?? null,
  ];
  tx.write(inserted(tx.db, tx.tenantId, order.id, ...values));
  insertLines(tx, order, agreement);
  await writeFulfillments(tx, order.id, [], order.fulfillments);
  return writeHistory(tx, order, 0, history);
}

const updated = fixedStatement(`
  update sales_order
     set customer_id = $3, payment = $4::jsonb, stock_committed_at = $5, canceled_at = $6, cancel_reason = $7, canceled_minor = $8, status = $9,
         payment_status = $10, fulfillment_status = $11, history_length = $12, returned_minor = $13
   where tenant_id = $1 and id = $2`);

/** Writes a changed order, its new history entries and its events. The order must be locked. */
export async function saveOrder(tx: OrdersTransaction, before: Order, { order, history }: Decision): Promise<void> {
  if (order === before) return;
  tx.write(
    updated(
      tx.db,
      tx.tenantId,
      order.id,
      ...factValues(order),
      before.historyLength + history.length,
      order.returnedTotal.amountMinor,
    ),
  );
  await writeFulfillments(tx, order.id, before.fulfillments, order.fulfillments);
  requestInvoice(tx, order.id, history);
  if (history[0]) await recordRefund(tx, before, order, history[0].at);
  tx.outbox.append(changesOf(order, writeHistory(tx, order, before.historyLength, history)));
}

/** Replaces the allocations of an order whose expired reservation was repeated, possibly in other warehouses. */
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

/** Writes the canceled and returned quantities of lines, and their remaining allocations. */
export async function saveGivenBackUnits(
  { db, tenantId }: OrdersTransaction,
  lines: readonly OrderedLine[],
): Promise<void> {
  const rows = lines.map(({ id, allocations, canceledQuantity, returnedQuantity }) => ({
    id,
    allocations,
    canceled: canceledQuantity,
    returned: returnedQuantity,
  }));
  await sql`
    update order_line
       set allocations = line.allocations, canceled_quantity = line.canceled, returned_quantity = line.returned
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as line (id uuid, allocations jsonb, canceled bigint, returned bigint)
     where order_line.tenant_id = ${tenantId}::uuid and order_line.id = line.id`.execute(db);
}

/** The id of the order with this number and e-mail address (in lower case). Null when no order matches. */
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

/**
 * Increments the token generation of an order, which invalidates its access token. Returns the new generation. Null when the order is
 * unknown.
 */
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

const numbered = fixedStatement<{ last: number }>(`
  insert into order_number (tenant_id, last) values ($1, $2)
  on conflict (tenant_id) do update set last = order_number.last + 1 returning last`);

/**
 * The next order number of the tenant. The counter's row stays locked until the transaction ends, so call this function as late as
 * possible.
 */
export async function nextOrderNumber({ db, tenantId }: OrdersTransaction): Promise<number> {
  const [row] = (await numbered(db, tenantId, FIRST_NUMBER)).rows;
  if (!row) throw new Error('The statement that counts order numbers returned no row');
  return row.last;
}

/** The first order number of a tenant. It has six digits, so early numbers do not reveal how new the shop is. */
const FIRST_NUMBER = 100_001;

/** The values of the columns from `customer_id` to `fulfillment_status`, in that order. */
function factValues(order: Order) {
  const { status, paymentStatus, fulfillmentStatus } = deriveStatuses(order);
  const { customerId, payment, stockCommittedAt, canceledAt, cancelReason, canceledTotal } = order;
  const facts = [customerId, payment && JSON.stringify(payment), stockCommittedAt, canceledAt, cancelReason];
  return [...facts, canceledTotal.amountMinor, status, paymentStatus, fulfillmentStatus];
}

const linesInserted = fixedStatement(`
  insert into order_line
         (tenant_id, order_id, id, position, variant_id, product_id, sku, name, options, quantity, unit_price, total_minor, tax_minor,
          tax_basis_points, tax_lines, allocations)
  select $1::uuid, $2::uuid, line.* from jsonb_to_recordset($3::jsonb) as line (id uuid, position integer, variant_id uuid, product_id uuid,
         sku text, name text, options jsonb, quantity bigint, unit_price numeric, total_minor bigint, tax_minor bigint,
         tax_basis_points integer, tax_lines jsonb, allocations jsonb)`);

function insertLines(tx: OrdersTransaction, order: Order, { lines }: OrderAgreement): void {
  const allocations = new Map(order.lines.map((line) => [line.id, line.allocations]));
  const rows = lines.map((line, position) => ({
    id: line.id,
    position,
    variant_id: line.variantId,
    product_id: line.productId,
    sku: line.sku,
    name: line.name,
    options: line.options,
    quantity: line.quantity,
    unit_price: line.unitPrice,
    total_minor: line.total.amountMinor,
    tax_minor: line.tax.amountMinor,
    tax_basis_points: line.taxBasisPoints,
    tax_lines: line.taxLines ?? null,
    allocations: allocations.get(line.id) ?? [],
  }));
  tx.write(linesInserted(tx.db, tx.tenantId, order.id, JSON.stringify(rows)));
}
