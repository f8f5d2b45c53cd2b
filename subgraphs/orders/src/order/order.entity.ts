import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { PaymentFacts } from '@souk/payments/contract';
import type { Address } from '@souk/kit/postal';
import type { VariantOption } from '../cart/cart.ts';
import type { CustomAttribute } from '../custom-attribute/custom-attribute.ts';
import type { LineAllocation } from '../fulfillment/warehouse-split.ts';
import type { TaxLine } from '../tax/tax.ts';
import type { AgreedDiscount, AgreedTaxes } from './order-agreement.ts';
import type { OrderFulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-status.ts';
import type { OrderEventType } from './order.ts';

/**
 * An order. See `migrations/0002_orders.sql`. The table is not named `order`, because that is an SQL keyword. Amounts are in minor units of
 * `currency`.
 */
export const OrderEntity = defineEntity({
  name: 'SalesOrder',
  tableName: 'sales_order',
  properties: {
    ...baseColumns,
    number: p.text(),
    externalReference: p.text().nullable(),
    cartId: p.uuid().nullable(),
    customerId: p.uuid().nullable(),
    channelId: p.uuid().nullable(),
    email: p.text(),
    locale: p.text(),
    currency: p.text(),
    subtotalMinor: p.bigint('number'),
    discountMinor: p.bigint('number'),
    discounts: p.json<readonly AgreedDiscount[]>().default([]),
    taxes: p.json<AgreedTaxes>().nullable(),
    shippingMinor: p.bigint('number'),
    taxMinor: p.bigint('number'),
    totalMinor: p.bigint('number'),
    shippingAddress: p.json<Address>(),
    billingAddress: p.json<Address>().nullable(),
    shippingMethodName: p.text(),
    buyerNote: p.text().nullable(),
    purchaseOrderNumber: p.text().nullable(),
    attributes: p.json<readonly CustomAttribute[]>().default([]),
    placedAt: p.datetime(),
    payment: p.json<PaymentFacts>().nullable(),
    stockCommittedAt: p.datetime().nullable(),
    canceledAt: p.datetime().nullable(),
    cancelReason: p.text().nullable(),
    canceledMinor: p.bigint('number').default(0),
    returnedMinor: p.bigint('number').default(0),
    accessGeneration: p.integer().default(0),
    historyLength: p.integer(),
    status: p.text().$type<OrderStatus>(),
    paymentStatus: p.text().$type<OrderPaymentStatus>(),
    fulfillmentStatus: p.text().$type<OrderFulfillmentStatus>(),
  },
});

/** An order line with the terms of the purchase. */
export const OrderLineEntity = defineEntity({
  name: 'OrderLine',
  tableName: 'order_line',
  properties: {
    id: p.uuid().primary(),
    ...tenantColumn,
    orderId: p.uuid(),
    position: p.integer(),
    variantId: p.uuid(),
    productId: p.uuid(),
    sku: p.text(),
    name: p.text(),
    options: p.json<readonly VariantOption[]>(),
    quantity: p.bigint('number'),
    unitPrice: p.decimal('string').precision(20).scale(6),
    totalMinor: p.bigint('number'),
    taxMinor: p.bigint('number'),
    taxBasisPoints: p.integer(),
    taxLines: p.json<readonly TaxLine[]>().nullable(),
    allocations: p.json<readonly LineAllocation[]>(),
    canceledQuantity: p.bigint('number').default(0),
    returnedQuantity: p.bigint('number').default(0),
  },
});

/** An entry of an order's history. Entries are only added, never changed. */
export const OrderEventEntity = defineEntity({
  name: 'OrderEvent',
  tableName: 'order_event',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    ...tenantColumn,
    orderId: p.uuid(),
    position: p.integer(),
    type: p.text().$type<OrderEventType>(),
    at: p.datetime(),
    by: p.uuid().nullable(),
    message: p.text().nullable(),
  },
});

/** A search term of an order. Database triggers write the terms. */
export const OrderTermEntity = defineEntity({
  name: 'OrderTerm',
  tableName: 'order_term',
  properties: { ...tenantColumn, orderId: p.uuid().primary(), term: p.text().primary() },
});

/** The last assigned order number of a tenant. */
export const OrderNumberEntity = defineEntity({
  name: 'OrderNumber',
  tableName: 'order_number',
  properties: { tenantId: p.uuid().primary(), last: p.bigint('number') },
});
