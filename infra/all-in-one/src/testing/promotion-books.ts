import type { Client } from 'pg';

/** The number of uses of a promotion, read from three tables. The three numbers must agree. */
export interface PromotionCount {
  /** The counter that checkouts compare with the usage limit. */
  readonly counted: number;
  /** The number of rows that record a use. */
  readonly recorded: number;
  /** The number of orders with the promotion that are not canceled. */
  readonly ordered: number;
}

/** Reads the uses of a promotion as the superuser. */
export async function countUses(admin: Client, promotionId: string): Promise<PromotionCount> {
  const { rows } = await admin.query<PromotionCount>(
    `select coalesce((select uses from orders.promotion_usage where promotion_id = $1), 0) as counted,
            (select count(*)::integer from orders.promotion_use where promotion_id = $1) as recorded,
            (select count(*)::integer from orders.sales_order
              where canceled_at is null and discounts @> jsonb_build_array(jsonb_build_object('promotionId', $1::text))) as ordered`,
    [promotionId],
  );
  if (!rows[0]) throw new Error('A statement without FROM returned no row');
  return rows[0];
}

/** The orders of a SKU whose totals do not equal the sum of their lines and discounts, or the payment. */
export async function wrongOrders(admin: Client, sku: string): Promise<unknown[]> {
  const { rows } = await admin.query(
    `select placed.number, placed.status, placed.total_minor, lines.total as lines, parts.total as discounts, money.*
       from orders.sales_order placed,
            lateral (select sum(total_minor) as total, sum(tax_minor) as tax, sum(round(unit_price * quantity * 100)) as regular
                       from orders.order_line where order_id = placed.id) lines,
            lateral (select coalesce(sum((part ->> 'amountMinor')::bigint), 0) as total
                       from jsonb_array_elements(placed.discounts) part) parts,
            lateral (select sum(captured_minor) as captured, sum(refunded_minor) as refunded
                       from payments.payment where order_id = placed.id and status not in ('VOIDED', 'FAILED')) money
      where exists (select from orders.order_line where order_id = placed.id and sku = $1)
        and (placed.total_minor <> lines.total + placed.shipping_minor
             or placed.subtotal_minor <> lines.regular
             or placed.discount_minor <> parts.total
             or lines.tax > lines.total
             or placed.canceled_at is null and placed.total_minor is distinct from money.captured
             or placed.canceled_at is not null and coalesce(money.captured, 0) <> coalesce(money.refunded, 0))`,
    [sku],
  );
  return rows;
}

/** The payments whose amounts are not the sums of their ledger entries. */
export async function unbalancedPayments(admin: Client): Promise<unknown[]> {
  const { rows } = await admin.query(
    `select payment.id, payment.captured_minor, payment.refunded_minor, ledger.*
       from payments.payment,
            lateral (select coalesce(sum(amount_minor) filter (where kind = 'CAPTURE'), 0) as captured,
                            coalesce(sum(amount_minor) filter (where kind = 'REFUND'), 0) as refunded
                       from payments.payment_transaction entry
                      where entry.payment_id = payment.id and entry.status = 'SUCCEEDED') ledger
      where (payment.captured_minor, payment.refunded_minor) <> (ledger.captured, ledger.refunded)`,
  );
  return rows;
}

/** The number of canceled orders whose stock or money has not been returned yet. */
export async function openCompensations(admin: Client): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select (select count(*) from orders.order_compensation where done_at is null)::integer as count`,
  );
  return rows[0]?.count ?? 0;
}
