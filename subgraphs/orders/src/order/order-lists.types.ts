import { connectionTypes, DateTimeScalar, NestedField, PageArgs, TextField } from '@souk/kit/graphql';
import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import {
  OrderEventType,
  OrderFulfillmentStatusEnum,
  OrderPaymentStatusEnum,
  OrderStatusEnum,
  OrderType,
} from './order.types.ts';
import { MAX_SEARCH_LENGTH, MAX_SEARCH_WORDS } from './order-search.repository.ts';
import { MAX_TAG_LENGTH } from './order-tag.ts';
import type { OrderFulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-status.ts';

export const { ConnectionType: OrderConnection } = connectionTypes('Order', OrderType);
export const { ConnectionType: OrderEventConnection } = connectionTypes('OrderEvent', OrderEventType);

@InputType({ description: 'The filter of a list of orders. All conditions must hold.' })
export class OrderFilterInput {
  @Field(() => OrderStatusEnum, { nullable: true })
  status?: OrderStatus | null;

  @Field(() => OrderPaymentStatusEnum, { nullable: true })
  paymentStatus?: OrderPaymentStatus | null;

  @Field(() => OrderFulfillmentStatusEnum, { nullable: true })
  fulfillmentStatus?: OrderFulfillmentStatus | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'At this time or later.' })
  placedAfter?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this time.' })
  placedBefore?: Date | null;

  @Field(() => String, { nullable: true, description: 'The whole address, in any letter case.' })
  email?: string | null;

  @TextField({
    max: MAX_SEARCH_LENGTH,
    nullable: true,
    description: `Words that the order has, in any letter case and order, with or without accents: its number, with or without prefix, its external reference, its e-mail address, the names in its addresses, its SKUs. The beginning of each word is enough. Only ${MAX_SEARCH_WORDS} words count.`,
  })
  search?: string | null;

  @TextField({ max: MAX_TAG_LENGTH, nullable: true, description: 'One of the tags, in any letter case.' })
  tag?: string | null;
}

export enum OrderSort {
  NEWEST = 'NEWEST',
}
registerEnumType(OrderSort, { name: 'OrderSort', description: 'NEWEST: the order that was placed last comes first.' });

@ArgsType()
export class OrdersArgs extends PageArgs {
  @NestedField(() => OrderFilterInput, { nullable: true })
  filter?: OrderFilterInput | null;

  @Field(() => OrderSort, { defaultValue: OrderSort.NEWEST })
  sort: OrderSort = OrderSort.NEWEST;
}
