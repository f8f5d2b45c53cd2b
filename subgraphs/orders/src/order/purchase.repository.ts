import { sql } from 'kysely';
import type { OrdersRead } from '../database.ts';

/**
 * Whether a customer has bought a product: an order that is not canceled, and that is paid or has shipped units, has units of the product
 * that are not canceled.
 */
export async function isPurchased(
  { db, tenantId }: OrdersRead,
  customerId: string,
  productId: string,
): Promise<boolean> {
  const found = await db
    .selectFrom('sales_order')
    .innerJoin('order_line', (join) =>
      join
        .onRef('order_line.tenant_id', '=', 'sales_order.tenant_id')
        .onRef('order_line.order_id', '=', 'sales_order.id'),
    )
    .where('sales_order.tenant_id', '=', tenantId)
    .where('sales_order.customer_id', '=', customerId)
    .where('sales_order.canceled_at', 'is', null)
    .where(({ eb, or }) =>
      or([
        eb('sales_order.payment_status', 'in', ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED']),
        eb('sales_order.fulfillment_status', 'not in', ['UNFULFILLED', 'BACKORDERED']),
      ]),
    )
    .where('order_line.tenant_id', '=', tenantId)
    .where('order_line.product_id', '=', productId)
    .where(sql<boolean>`order_line.quantity > order_line.canceled_quantity`)
    .select('sales_order.id')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
