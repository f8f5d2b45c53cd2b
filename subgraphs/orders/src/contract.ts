import { defineCommand, defineEvent, defineNodeLookup, defineScope, moneySchema } from '@souk/kit/contracts';
import { z } from 'zod';

/** Allows reading the orders of every buyer of the tenant. Their payments need `payments:read`, their invoices `invoices:read`. */
export const OrdersRead = defineScope({ name: 'orders:read', roles: ['OWNER', 'STAFF'] });

/** Allows changing orders and their fulfillments. */
export const OrdersWrite = defineScope({ name: 'orders:write', roles: ['OWNER', 'STAFF'] });

/** Allows reading promotions with their codes. */
export const PromotionsRead = defineScope({ name: 'promotions:read', roles: ['OWNER', 'STAFF'] });

/** Allows adding, changing and deleting promotions. */
export const PromotionsWrite = defineScope({ name: 'promotions:write', roles: ['OWNER', 'STAFF'] });

/** Allows reading tax settings, categories, zones and rates. */
export const TaxesRead = defineScope({ name: 'taxes:read', roles: ['OWNER', 'STAFF'] });

/** Allows changing tax settings, categories, zones and rates. */
export const TaxesWrite = defineScope({ name: 'taxes:write', roles: ['OWNER'] });

/** Allows reading the invoices and credit notes of every buyer of the tenant, and their settings. */
export const InvoicesRead = defineScope({ name: 'invoices:read', roles: ['OWNER', 'STAFF'] });

/** Allows issuing invoices. */
export const InvoicesWrite = defineScope({ name: 'invoices:write', roles: ['OWNER', 'STAFF'] });

export const ORDER_STATUSES = ['DRAFT', 'PLACED', 'CONFIRMED', 'COMPLETED', 'CANCELED', 'EXPIRED'] as const;
export const ORDER_PAYMENT_STATUSES = [
  'NONE',
  'PENDING',
  'AUTHORIZED',
  'PARTIALLY_PAID',
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'FAILED',
  'VOIDED',
] as const;
export const ORDER_FULFILLMENT_STATUSES = [
  'UNFULFILLED',
  'BACKORDERED',
  'PARTIALLY_FULFILLED',
  'FULFILLED',
  'PARTIALLY_DELIVERED',
  'DELIVERED',
  'PARTIALLY_RETURNED',
  'RETURNED',
] as const;
/** The types of entries in an order's history. */
export const ORDER_EVENT_TYPES = [
  'PLACED',
  'PAYMENT_AUTHORIZED',
  'PAYMENT_CAPTURED',
  'PAYMENT_VOIDED',
  'CONFIRMED',
  'FULFILLMENT_CREATED',
  'FULFILLMENT_CANCELED',
  'SHIPPED',
  'DELIVERED',
  'TRACKING_CHANGED',
  'COMPLETED',
  'LINES_CANCELED',
  'CANCELED',
  'REFUNDED',
  'DISPUTE_OPENED',
  'DISPUTE_WON',
  'DISPUTE_LOST',
  'CUSTOMER_LINKED',
  'DETAILS_CHANGED',
  'RETURN_REQUESTED',
  'RETURN_APPROVED',
  'RETURN_REJECTED',
  'RETURN_CANCELED',
  'RETURN_RECEIVED',
  'STOCK_ALLOCATED',
] as const;

/** An entry was added to an order's history. Subscriptions deliver these events. Aggregate: the order. */
export const OrderChanged = defineEvent({
  subject: 'orders.order.changed',
  version: 1,
  payload: z.object({
    orderId: z.uuid(),
    number: z.string(),
    /** The id of the history entry. */
    eventId: z.uuid(),
    type: z.enum(ORDER_EVENT_TYPES),
    /** The time of the entry (ISO 8601, UTC). */
    at: z.string(),
    status: z.enum(ORDER_STATUSES),
    paymentStatus: z.enum(ORDER_PAYMENT_STATUSES),
    fulfillmentStatus: z.enum(ORDER_FULFILLMENT_STATUSES),
  }),
});

/** An order was placed. Aggregate: the order. */
export const OrderPlaced = defineEvent({
  subject: 'orders.order.placed',
  version: 1,
  payload: z.object({
    orderId: z.uuid(),
    number: z.string(),
    /** Absent when a guest ordered. */
    customerId: z.uuid().optional(),
    email: z.email(),
    /** The name of the recipient in the shipping address. */
    name: z.string(),
    locale: z.string(),
    total: moneySchema,
    lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
  }),
});

/** An invoice or a credit note was issued. Aggregate: the invoice. */
export const InvoiceIssued = defineEvent({
  subject: 'orders.invoice.issued',
  version: 1,
  payload: z.object({
    invoiceId: z.uuid(),
    type: z.enum(['INVOICE', 'CREDIT_NOTE']),
    number: z.string(),
    orderId: z.uuid(),
    /** The invoice that a credit note corrects. Null for invoices. */
    creditedInvoiceId: z.uuid().nullable(),
    /** Including tax. */
    total: moneySchema,
  }),
});

/** Returns the data of an order that messages to its buyer contain, with a token that opens the order without a login. */
export const DescribeOrder = defineCommand({
  name: 'orders.describeOrder',
  version: 1,
  request: z.object({ orderId: z.uuid() }),
  reply: z.object({
    /** Null when the order does not exist. */
    order: z
      .object({
        number: z.string(),
        email: z.email(),
        locale: z.string(),
        /** The total at the time of the order. Units that were canceled later are not subtracted. */
        total: moneySchema,
        accessToken: z.string(),
      })
      .nullable(),
  }),
  idempotent: true,
  callers: ['accounts'],
});

/**
 * A draft order was added, changed or deleted, or it expired. When a draft is ordered, `OrderPlaced` is published instead. Aggregate: the
 * draft order.
 */
export const DraftOrderChanged = defineEvent({
  subject: 'orders.draft_order.changed',
  version: 1,
  payload: z.object({ draftOrderId: z.uuid(), change: z.enum(['CREATED', 'UPDATED', 'DELETED', 'EXPIRED']) }),
});

/** A promotion was added, changed or deleted. Aggregate: the promotion. */
export const PromotionChanged = defineEvent({
  subject: 'orders.promotion.changed',
  version: 1,
  payload: z.object({ promotionId: z.uuid(), change: z.enum(['CREATED', 'UPDATED', 'DELETED']) }),
});

/** The tax settings, a tax category or a tax zone with its rates was added, changed or deleted. Aggregate: the changed object. */
export const TaxesChanged = defineEvent({
  subject: 'orders.taxes.changed',
  version: 1,
  payload: z.object({
    id: z.uuid(),
    kind: z.enum(['SETTINGS', 'CATEGORY', 'ZONE']),
    change: z.enum(['CREATED', 'UPDATED', 'DELETED']),
  }),
});

/**
 * A shipping method or zone of the tenant was added, changed or deleted. The change applies to carts immediately. Orders keep their
 * shipping. Aggregate: the changed object.
 */
export const ShippingChanged = defineEvent({
  subject: 'orders.shipping.changed',
  version: 1,
  payload: z.object({
    id: z.uuid(),
    kind: z.enum(['METHOD', 'ZONE']),
    change: z.enum(['CREATED', 'UPDATED', 'DELETED']),
  }),
});

/** Returns whether the caller may see an entity of this subgraph, by type and id. */
export const FindOrdersNode = defineNodeLookup('orders');

/**
 * Returns whether a customer has bought a product: whether an order of the customer that is not canceled, and that is paid or has shipped
 * units, has units of the product that are not canceled.
 */
export const FindPurchase = defineCommand({
  name: 'orders.findPurchase',
  version: 1,
  request: z.object({ customerId: z.uuid(), productId: z.uuid() }),
  reply: z.object({ isFound: z.boolean() }),
  idempotent: true,
  callers: ['catalog'],
});
