import { add, money, subtract, zero } from '@souk/kit/domain';
import { presentMoney } from '@souk/kit/graphql';
import { presentUnitPrice } from '../cart/cart.presenter.ts';
import { unitPriceOf } from '../cart/unit-price.ts';
import { waitingUnits } from '../fulfillment/warehouse-split.ts';
import { presentTaxedMoney, presentTaxes, presentTaxLine } from '../tax/tax.presenter.ts';
import { taxedAmountOf } from '../tax/tax.ts';
import type { OrderView } from './order-details.loader.ts';
import type { OrderEventRecord, OrderLineRecord, OrderRecord } from './order-records.repository.ts';
import type { OrderRefundRecord } from './order-refund.repository.ts';
import type { OrderEventType, OrderLineType, OrderRefundType, OrderTotalsType, OrderType } from './order.types.ts';

export function presentOrder({ order, details }: OrderView): OrderType {
  return {
    id: order.id,
    number: order.number,
    externalReference: order.external_reference,
    status: order.status,
    paymentStatus: order.payment_status,
    fulfillmentStatus: order.fulfillment_status,
    email: order.email,
    customer: order.customer_id === null ? null : { id: order.customer_id },
    channel: order.channel_id === null ? null : { id: order.channel_id },
    currencyCode: order.currency,
    totals: totalsOf(order),
    discounts: order.discounts.map(({ name, code, amountMinor }) => ({
      name,
      code,
      amount: presentMoney(money(amountMinor, order.currency)),
    })),
    taxId: order.taxes?.taxId ?? null,
    taxLines: order.taxes?.lines.map(presentTaxLine) ?? [],
    canceledTotal: presentMoney(money(order.canceled_minor, order.currency)),
    returnedTotal: presentMoney(money(order.returned_minor, order.currency)),
    shippingAddress: order.shipping_address,
    billingAddress: order.billing_address,
    shippingMethodName: order.shipping_method_name,
    buyerNote: order.buyer_note,
    purchaseOrderNumber: order.purchase_order_number,
    attributes: order.attributes,
    placedAt: order.placed_at,
    canceledAt: order.canceled_at,
    cancelReason: order.cancel_reason,
    createdAt: order.created_at,
    createdBy: order.created_by,
    updatedAt: order.updated_at,
    updatedBy: order.updated_by,
    version: order.version,
    details,
  };
}

/** The GraphQL object of an order line. @param currency the currency of the order @param isCanceled whether the order is canceled */
export function presentLine(line: OrderLineRecord, currency: string, isCanceled: boolean): OrderLineType {
  const waiting = waitingUnits({ ...line, canceledQuantity: line.canceled_quantity });
  return {
    id: line.id,
    sku: line.sku,
    name: line.name,
    options: line.options,
    quantity: line.quantity,
    canceledQuantity: line.canceled_quantity,
    returnedQuantity: line.returned_quantity,
    backorderedQuantity: isCanceled ? 0 : waiting,
    unitPrice: presentUnitPrice(unitPriceOf(line.unit_price, currency), currency),
    total: presentMoney(money(line.total_minor, currency)),
    tax: presentMoney(money(line.tax_minor, currency)),
    taxPercent: (line.tax_basis_points / 100).toFixed(2),
    taxedTotal: presentTaxedMoney(taxedAmountOf(money(line.total_minor, currency), money(line.tax_minor, currency))),
    taxLines: line.tax_lines?.map(presentTaxLine) ?? [],
    variantId: line.variant_id,
  };
}

export function presentRefund({ id, at, amount_minor, parts }: OrderRefundRecord, currency: string): OrderRefundType {
  return { id, at, ...presentTaxes(parts, money(amount_minor, currency)) };
}

export function presentEvent({ id, type, at, by, message }: OrderEventRecord): OrderEventType {
  return { id, type, at, by, message };
}

/** The database stores the amounts that the buyer pays. The API shows the prices, and the difference as `taxAdjustment`. */
function totalsOf(order: OrderRecord): OrderTotalsType {
  const { currency, taxes } = order;
  const amount = (minor: number) => money(minor, currency);
  const [tax, total] = [amount(order.tax_minor), amount(order.total_minor)];
  const goods = taxes?.goodsAdjustment ?? zero(currency);
  const shipping = taxes?.shippingAdjustment ?? zero(currency);
  return {
    subtotal: presentMoney(subtract(amount(order.subtotal_minor), goods)),
    discount: presentMoney(amount(order.discount_minor)),
    shipping: presentMoney(subtract(amount(order.shipping_minor), shipping)),
    tax: presentMoney(tax),
    taxAdjustment: presentMoney(add(goods, shipping)),
    total: presentMoney(total),
    taxedShipping: taxes ? presentTaxedMoney(taxes.shipping) : null,
    taxedTotal: presentTaxedMoney(taxedAmountOf(total, tax)),
  };
}
