import {
  AuditedFor,
  AuditedType,
  CurrencyCodeScalar,
  DateTimeScalar,
  DecimalScalar,
  ForScope,
  MoneyType,
  NodeType,
} from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PostalAddressType } from '../address/postal-address.types.ts';
import { LineOptionType } from '../cart/product-variant.types.ts';
import {
  ORDER_EVENT_TYPES,
  ORDER_FULFILLMENT_STATUSES,
  ORDER_PAYMENT_STATUSES,
  ORDER_STATUSES,
  OrdersRead,
} from '../contract.ts';
import type { OrderDetails } from './order-details.loader.ts';

const enumOf = <Name extends string>(names: readonly Name[]) => Object.fromEntries(names.map((name) => [name, name]));

export const OrderStatusEnum = enumOf(ORDER_STATUSES);
registerEnumType(OrderStatusEnum, {
  name: 'OrderStatus',
  description:
    'Follows from what happened. PLACED: stock and payment are being secured. CONFIRMED: they are. COMPLETED: paid and delivered. DRAFT and EXPIRED are not produced yet.',
});
export const OrderPaymentStatusEnum = enumOf(ORDER_PAYMENT_STATUSES);
registerEnumType(OrderPaymentStatusEnum, {
  name: 'OrderPaymentStatus',
  description: 'Follows from the payment. NONE: there is none, because nothing is to be paid or it was paid elsewhere.',
});
export const OrderFulfillmentStatusEnum = enumOf(ORDER_FULFILLMENT_STATUSES);
registerEnumType(OrderFulfillmentStatusEnum, {
  name: 'OrderFulfillmentStatus',
  description:
    'Follows from the fulfillments. FULFILLED: all units were shipped. DELIVERED: all arrived. BACKORDERED, PARTIALLY_RETURNED and RETURNED are not produced yet.',
});
export const OrderEventTypeEnum = enumOf(ORDER_EVENT_TYPES);
registerEnumType(OrderEventTypeEnum, { name: 'OrderEventType', description: 'What can happen to an order.' });

/** Stub of the customer of accounts, to which this subgraph adds orders. */
@Directive('@key(fields: "id")')
@ObjectType('Customer', { simpleResolvers: true })
export class CustomerStub {
  @Field(() => ID)
  id!: string;
}

@Directive('@key(fields: "id variantId", resolvable: false)')
@ObjectType('OrderLine', { simpleResolvers: true, description: 'What was bought, as it was when it was bought.' })
export class OrderLineType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => String, { description: 'Of the product and, where it says more, of the variant.' })
  name!: string;

  @Field(() => [LineOptionType])
  options!: readonly LineOptionType[];

  @Field(() => Int, { description: 'As ordered, canceled units included.' })
  quantity!: number;

  @Field(() => Int, { description: 'Units that will not be sent.' })
  canceledQuantity!: number;

  @Field(() => MoneyType, { description: 'Of one unit, tax included; it may have more digits than its currency.' })
  unitPrice!: MoneyType;

  @Field(() => MoneyType, { description: 'What is paid for the line, tax included and discount taken off.' })
  total!: MoneyType;

  @Field(() => MoneyType, { description: 'Contained in `total`.' })
  tax!: MoneyType;

  @Field(() => DecimalScalar, { description: 'In percent, "19.00".' })
  taxPercent!: string;

  @Directive('@inaccessible')
  @Field(() => ID, { description: 'For the catalog, which shows the variant.' })
  variantId!: string;
}

@ObjectType('OrderTotals', {
  simpleResolvers: true,
  description: '`total` is `subtotal` - `discount` + `shipping`. Prices include tax: `tax` is contained in `total`.',
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

  @Field(() => MoneyType)
  total!: MoneyType;
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
  @Field(() => ID, { nullable: true, description: 'The user who did it; null: the buyer or the platform.' })
  by!: string | null;

  @Field(() => String, { nullable: true, description: 'For people: a reason, a tracking number.' })
  message!: string | null;
}

@Directive('@key(fields: "id")')
@AuditedFor(OrdersRead)
@ObjectType('Order', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description: 'A purchase. Staff see every order of their tenant, a buyer those of which they have the access token.',
})
export class OrderType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'For people: on the invoice and on the phone.' })
  number!: string;

  @ForScope(OrdersRead)
  @Field(() => String, { nullable: true, description: 'Of an order that was taken over from another system.' })
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
    description: 'Null until the buyer is recognized, moments after the order.',
  })
  customer!: CustomerStub | null;

  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => OrderTotalsType, { description: 'As ordered, canceled units included.' })
  totals!: OrderTotalsType;

  @Field(() => MoneyType, {
    description: 'The price of units that were canceled line by line. What is due is `totals.total` less this.',
  })
  canceledTotal!: MoneyType;

  @Field(() => PostalAddressType)
  shippingAddress!: PostalAddressType;

  @Field(() => PostalAddressType, { nullable: true, description: 'Null: the same as the shipping address.' })
  billingAddress!: PostalAddressType | null;

  @Field(() => String)
  shippingMethodName!: string;

  @Field(() => DateTimeScalar)
  placedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  canceledAt!: Date | null;

  @Field(() => String, { nullable: true })
  cancelReason!: string | null;

  /** Not a GraphQL field: the resolvers load details of the order from it. */
  details!: OrderDetails;
}
