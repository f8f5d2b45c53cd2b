import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { Address } from '@souk/kit/postal';
import type { CustomAttribute } from '../custom-attribute/custom-attribute.ts';
import type { StaffPrice } from './staff-price.ts';
import type { CartGift, CartStatus, VariantOption } from './cart.ts';

/** A cart. See `migrations/0001_carts.sql`. */
export const CartEntity = defineEntity({
  name: 'Cart',
  tableName: 'cart',
  properties: {
    ...baseColumns,
    status: p.text().$type<CartStatus>(),
    customerId: p.uuid().nullable(),
    currency: p.text(),
    locale: p.text(),
    email: p.text().nullable(),
    shippingAddress: p.json<Address>().nullable(),
    billingAddress: p.json<Address>().nullable(),
    shippingMethodId: p.uuid().nullable(),
    orderId: p.uuid().nullable(),
    discountCodes: p.json<readonly string[]>().default([]),
    savingsMinor: p.bigint('number').default(0),
    taxId: p.text().nullable(),
    taxAdjustmentMinor: p.bigint('number').default(0),
    gifts: p.json<readonly CartGift[]>().default([]),
    buyerNote: p.text().nullable(),
    purchaseOrderNumber: p.text().nullable(),
    attributes: p.json<readonly CustomAttribute[]>().default([]),
    draftOrderId: p.uuid().nullable(),
    channelId: p.uuid().nullable(),
  },
});

export const CartLineEntity = defineEntity({
  name: 'CartLine',
  tableName: 'cart_line',
  properties: {
    ...tenantColumn,
    id: p.uuid().primary(),
    cartId: p.uuid(),
    position: p.integer(),
    variantId: p.uuid(),
    productId: p.uuid(),
    sku: p.text(),
    productName: p.text(),
    variantName: p.text(),
    options: p.json<readonly VariantOption[]>(),
    listIds: p.json<readonly string[]>().default([]),
    unitPrice: p.decimal('string').precision(20).scale(6),
    includesTax: p.boolean().nullable(),
    taxCategory: p.text().nullable(),
    weightGrams: p.integer().nullable(),
    quantity: p.integer(),
    staffPrice: p.json<StaffPrice>().nullable(),
  },
});
