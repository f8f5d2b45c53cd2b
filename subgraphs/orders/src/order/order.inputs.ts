import { IdempotentInput, IdField, IntField, NestedListField, TextField } from '@souk/kit/graphql';
import { ArrayMinSize } from 'class-validator';
import { InputType } from 'type-graphql';
import { MAX_CART_LINES, MAX_LINE_QUANTITY } from '../cart/cart.errors.ts';

const MAX_VERSION = 2 ** 31 - 1; // Int of GraphQL

@InputType()
export class OrderCancelInput extends IdempotentInput {
  @IdField()
  orderId!: string;

  @TextField({ description: 'For the buyer and the history.' })
  reason!: string;

  @IntField({ min: 1, max: MAX_VERSION, nullable: true, description: "The order's `version` that you have seen." })
  expectedVersion?: number | null;
}

@InputType({ description: 'Units of an order line that are not to be sent.' })
export class OrderLineCancelInput {
  @IdField()
  orderLineId!: string;

  @IntField({ min: 1, max: MAX_LINE_QUANTITY, description: '1 to 10,000.' })
  quantity!: number;
}

@InputType()
export class OrderLinesCancelInput extends OrderCancelInput {
  @ArrayMinSize(1, { message: 'lines names at least one line; leave it out for all that is open' })
  @NestedListField(() => OrderLineCancelInput, {
    nullable: true,
    max: MAX_CART_LINES,
    description: 'Without it: all units that are in no fulfillment.',
  })
  lines?: OrderLineCancelInput[] | null;
}

@InputType()
export class OrderLookUpInput {
  @TextField({ max: 64, description: 'As the confirmation says it.' })
  number!: string;

  @TextField({ max: 254, description: 'That the order was placed with, in any case.' })
  email!: string;
}

@InputType()
export class OrderAccessTokenCreateInput extends IdempotentInput {
  @IdField()
  orderId!: string;
}
