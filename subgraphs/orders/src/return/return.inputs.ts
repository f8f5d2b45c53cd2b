import { DecimalScalar, IdempotentInput, IdField, IntField, NestedListField, TextField } from '@souk/kit/graphql';
import { ArrayMinSize } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { MAX_CART_LINES, MAX_LINE_QUANTITY } from '../cart/cart.errors.ts';
import { ReturnReasonEnum } from './return.types.ts';
import type { ReturnReason } from './return.ts';

const MAX_INT = 2 ** 31 - 1; // Int of GraphQL
const MAX_NOTE = 1000;
const ACCESS_TOKEN = {
  nullable: true,
  max: 128,
  description: 'For buyers: the `orderAccessToken` of the order. Staff leave it out.',
};
const EXPECTED_VERSION = {
  min: 0,
  max: MAX_INT,
  nullable: true,
  description: 'The `version` that the caller has seen.',
};

@InputType({ description: 'Units of an order line that come back.' })
export class ReturnLineInput {
  @IdField()
  orderLineId!: string;

  @IntField({ min: 1, max: MAX_LINE_QUANTITY })
  quantity!: number;

  @Field(() => ReturnReasonEnum)
  reason!: ReturnReason;

  @TextField({ nullable: true, max: MAX_NOTE })
  note?: string | null;
}

@InputType()
export class ReturnRequestInput extends IdempotentInput {
  @IdField()
  orderId!: string;

  @TextField(ACCESS_TOKEN)
  accessToken?: string | null;

  @ArrayMinSize(1, { message: 'lines names at least one line' })
  @NestedListField(() => ReturnLineInput, { max: MAX_CART_LINES })
  lines!: ReturnLineInput[];

  @TextField({ nullable: true, max: MAX_NOTE, description: 'A text for the shop.' })
  note?: string | null;
}

@InputType()
abstract class ReturnChangeInput extends IdempotentInput {
  @IdField()
  returnId!: string;

  @IntField(EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType()
export class ReturnApproveInput extends ReturnChangeInput {}

@InputType()
export class ReturnRejectInput extends ReturnChangeInput {
  @TextField({ description: 'Shown to the buyer and in the history of the order.' })
  reason!: string;
}

@InputType()
export class ReturnCancelInput extends ReturnChangeInput {
  @TextField(ACCESS_TOKEN)
  accessToken?: string | null;
}

@InputType({ description: 'Units that arrived.' })
export class ReturnReceivedLineInput {
  @IdField()
  orderLineId!: string;

  @IntField({ min: 1, max: MAX_LINE_QUANTITY })
  quantity!: number;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether the units can be sold again. They go back to the warehouses that sent them.',
  })
  restock: boolean = true;
}

@InputType()
export class ReturnReceiveInput extends ReturnChangeInput {
  @ArrayMinSize(1, { message: 'lines names at least one line; leave it out when all units arrived' })
  @NestedListField(() => ReturnReceivedLineInput, {
    nullable: true,
    max: MAX_CART_LINES,
    description: 'Default: all units of the return arrived and can be sold again.',
  })
  lines?: ReturnReceivedLineInput[] | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The amount to refund in the currency of the order, such as the price less a fee, or with shipping. "0": no refund. Default: the exact share of the price that was paid for the units.',
  })
  refundAmount?: string | null;
}

@InputType()
export class ReturnPolicySetInput extends IdempotentInput {
  @IntField({ min: 0, max: 3650, description: 'Days after delivery, 0 to 3,650.' })
  windowDays!: number;

  @IntField(EXPECTED_VERSION)
  expectedVersion?: number | null;
}
