import { IdempotentInput, IdField, IntField, NestedListField, TextField } from '@souk/kit/graphql';
import { ArrayMinSize } from 'class-validator';
import { InputType } from 'type-graphql';
import { MAX_CART_LINES, MAX_LINE_QUANTITY } from '../cart/cart.errors.ts';

const MAX_VERSION = 2 ** 31 - 1; // Int of GraphQL

@InputType()
export class OrderCancelInput extends IdempotentInput {
  @IdField()
  orderId!: string;

  @TextField({ description: 'Shown to the buyer and in the history.' })
  reason!: string;

  @IntField({
    min: 1,
    max: MAX_VERSION,
    nullable: true,
    description: "The order's `version` that the caller has seen.",
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'Units of an order line to cancel.' })
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
    description: 'Default: all units that are in no fulfillment.',
  })
  lines?: OrderLineCancelInput[] | null;
}

@InputType()
export class OrderLookUpInput {
  @TextField({ max: 64, description: 'The order number in the confirmation.' })
  number!: string;

  @TextField({ max: 254, description: 'The e-mail address of the order, in any letter case.' })
  email!: string;
}

@InputType()
export class OrderAccessTokenCreateInput extends IdempotentInput {
  @IdField()
  orderId!: string;
}
