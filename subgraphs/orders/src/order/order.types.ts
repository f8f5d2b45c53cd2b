import {
  AuditedFor,
  AuditedType,
  CurrencyCodeScalar,
  DateTimeScalar,
  DecimalScalar,
  ForScope,
  MoneyType,
  NodeType,
  enumOf,
  PostalAddressType,
} from '@souk/kit/graphql';
import { ChannelStub } from '../cart/channel.types.ts';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { CustomAttribute } from '../custom-attribute/custom-attribute.ts';
import { CustomAttributeType } from '../custom-attribute/custom-attribute.types.ts';
import { DiscountType } from '../promotion/promotion.types.ts';
import { TaxedMoneyType, TaxLineType } from '../tax/tax-line.types.ts';
import { LineOptionType } from '../cart/product-variant.types.ts';
import {
  ORDER_EVENT_TYPES,
  ORDER_FULFILLMENT_STATUSES,
  ORDER_PAYMENT_STATUSES,
  ORDER_STATUSES,
  OrdersRead,
} from '../contract.ts';
import type { OrderDetails } from './order-details.loader.ts';

export const OrderStatusEnum = enumOf(ORDER_STATUSES);
registerEnumType(OrderStatusEnum, {
  name: 'OrderStatus',
  description:
    'Derived from the facts of the order. PLACED: stock and payment are being secured. CONFIRMED: stock and payment are secured. COMPLETED: paid and delivered. DRAFT and EXPIRED: of draft orders only.',
});
export const OrderPaymentStatusEnum = enumOf(ORDER_PAYMENT_STATUSES);
registerEnumType(OrderPaymentStatusEnum, {
  name: 'OrderPaymentStatus',
  description:
    'Derived from the payment. NONE: the order has no payment, because it costs nothing or was paid elsewhere.',
});
export const OrderFulfillmentStatusEnum = enumOf(ORDER_FULFILLMENT_STATUSES);
registerEnumType(OrderFulfillmentStatusEnum, {
  name: 'OrderFulfillmentStatus',
  description:
    'Derived from the fulfillments. FULFILLED: all units were shipped. DELIVERED: all units were delivered. PARTIALLY_RETURNED, RETURNED: sent units came back. BACKORDERED: nothing was shipped, and units wait for stock.',
});
export const OrderEventTypeEnum = enumOf(ORDER_EVENT_TYPES);
registerEnumType(OrderEventTypeEnum, {
  name: 'OrderEventType',
  description: "The types of entries in an order's history.",
});

/** A stub of the entity `Customer` of the accounts subgraph. This subgraph adds the field `orders`. */
@Directive('@key(fields: "id")')
@ObjectType('Customer', { implements: NodeType, simpleResolvers: true })
export class CustomerStub {
  @Field(() => ID)
  id!: string;
}

@Directive('@key(fields: "id variantId", resolvable: false)')
@ObjectType('OrderLine', { simpleResolvers: true, description: 'A line of an order with the terms of the purchase.' })
export class OrderLineType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => String, { description: 'Name of the product and, if it differs, of the variant.' })
  name!: string;

  @Field(() => [LineOptionType])
  options!: readonly LineOptionType[];

  @Field(() => Int, { description: 'As ordered, canceled units included.' })
  quantity!: number;

  @Field(() => Int, { description: 'Canceled units.' })
  canceledQuantity!: number;

  @Field(() => Int, { description: 'Sent units that came back.' })
  returnedQuantity!: number;

  @Field(() => Int, { description: 'Units that wait for stock. 0 in a canceled order.' })
  backorderedQuantity!: number;

  @Field(() => MoneyType, {
    description:
      'Price of one unit as the shop set it, before discounts. It may have more decimal places than its currency.',
  })
  unitPrice!: MoneyType;

  @Field(() => MoneyType, { description: 'The amount paid for the line, tax included and discount subtracted.' })
  total!: MoneyType;

  @Field(() => MoneyType, { description: 'Contained in `total`.' })
  tax!: MoneyType;

  @Field(() => DecimalScalar, { description: 'In percent, "19.00".' })
  taxPercent!: string;

  @Field(() => TaxedMoneyType, { description: '`total` with its tax.' })
  taxedTotal!: TaxedMoneyType;

  @Field(() => [TaxLineType], {
    description:
      'The tax of the line by rate. At most 200. Empty for orders that were imported, or placed before rates were recorded.',
  })
  taxLines!: readonly TaxLineType[];

  @Directive('@inaccessible')
  @Field(() => ID, { description: 'Id of the variant in the catalog.' })
  variantId!: string;
}

@ObjectType('OrderTotals', {
  simpleResolvers: true,
  description: '`total` is `subtotal` - `discount` + `shipping` + `taxAdjustment`, and contains `tax`.',
})
export class OrderTotalsType {
  @Field(() => MoneyType)
  subtotal!: MoneyType;

  @Field(() => MoneyType)
  discount!: MoneyType;

  @Field(() => MoneyType)
  shipping!: MoneyType;

  @Field(() => MoneyType)
  tax!: MoneyType;

  @Field(() => MoneyType, {
    description:
      'What taxes changed beside the prices: `tax` when prices exclude the tax, minus the contained tax when the buyer accounts for it, otherwise 0.',
  })
  taxAdjustment!: MoneyType;

  @Field(() => MoneyType)
  total!: MoneyType;

  @Field(() => TaxedMoneyType, {
    nullable: true,
    description: 'The shipping with its tax. Null for orders that were imported, or placed before rates were recorded.',
  })
  taxedShipping!: TaxedMoneyType | null;

  @Field(() => TaxedMoneyType)
  taxedTotal!: TaxedMoneyType;
}

@ObjectType('OrderRefund', {
  simpleResolvers: true,
  description: 'Money of an order that the buyer got back, with its tax.',
})
export class OrderRefundType {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => TaxedMoneyType, { description: 'The refund with its tax: `gross` is the refunded amount.' })
  total!: TaxedMoneyType;

  @Field(() => [TaxLineType], {
    description:
      'The tax of the refund by rate. At most 400. The refunds of an order whose whole price was refunded add up to its tax lines.',
  })
  taxLines!: readonly TaxLineType[];
}

@ObjectType('OrderEvent', { simpleResolvers: true, description: "An entry of an order's history." })
export class OrderEventType {
  @Field(() => ID)
  id!: string;

  @Field(() => OrderEventTypeEnum)
  type!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @ForScope(OrdersRead)
  @Field(() => ID, { nullable: true, description: 'The user who caused the entry. Null: the buyer or the platform.' })
  by!: string | null;

  @Field(() => String, { nullable: true, description: 'For people: a reason, a tracking number.' })
  message!: string | null;
}

@Directive('@key(fields: "id")')
@AuditedFor(OrdersRead)
@ObjectType('Order', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description:
    'A purchase. Staff can read every order of their tenant, a buyer the orders whose access tokens they have.',
})
export class OrderType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The order number for people: on the invoice and on the phone.' })
  number!: string;

  @ForScope(OrdersRead)
  @Field(() => String, { nullable: true, description: 'Reference of an order that was imported from another system.' })
  externalReference!: string | null;

  @Field(() => OrderStatusEnum)
  status!: string;

  @Field(() => OrderPaymentStatusEnum)
  paymentStatus!: string;

  @Field(() => OrderFulfillmentStatusEnum)
  fulfillmentStatus!: string;

  @Field(() => String)
  email!: string;

  @Field(() => CustomerStub, {
    nullable: true,
    description:
      'Null until the buyer is linked to a customer, moments after the order. The e-mail address of the customer may differ from that of the order.',
  })
  customer!: CustomerStub | null;

  @Field(() => ChannelStub, {
    nullable: true,
    description: 'The sales channel in which the cart was made. Null: the shop had no channels.',
  })
  channel!: ChannelStub | null;

  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => OrderTotalsType, { description: 'As ordered, canceled units included.' })
  totals!: OrderTotalsType;

  @Field(() => [DiscountType], {
    description: 'The promotions that applied. At most 110. Their amounts add up to `totals.discount`.',
  })
  discounts!: readonly DiscountType[];

  @Field(() => String, { nullable: true, description: 'VAT id of the buyer.' })
  taxId!: string | null;

  @Field(() => [TaxLineType], {
    description:
      'The tax of lines and shipping by rate. At most 400. Empty for orders that were imported, or placed before rates were recorded.',
  })
  taxLines!: readonly TaxLineType[];

  @Field(() => MoneyType, {
    description:
      'The price of units that were canceled line by line. The due amount is `totals.total` less this amount and `returnedTotal`.',
  })
  canceledTotal!: MoneyType;

  @Field(() => MoneyType, { description: 'The price of units that came back.' })
  returnedTotal!: MoneyType;

  @Field(() => PostalAddressType)
  shippingAddress!: PostalAddressType;

  @Field(() => PostalAddressType, { nullable: true, description: 'Null: the same as the shipping address.' })
  billingAddress!: PostalAddressType | null;

  @Field(() => String)
  shippingMethodName!: string;

  @Field(() => String, { nullable: true, description: 'A text of the buyer for the shop.' })
  buyerNote!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The number under which the buyer's company books the purchase.",
  })
  purchaseOrderNumber!: string | null;

  @Field(() => [CustomAttributeType], { description: 'At most 20.' })
  attributes!: readonly CustomAttribute[];

  @Field(() => DateTimeScalar)
  placedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  canceledAt!: Date | null;

  @Field(() => String, { nullable: true })
  cancelReason!: string | null;

  /** Loads the details of the order. Not a GraphQL field. */
  details!: OrderDetails;
}
