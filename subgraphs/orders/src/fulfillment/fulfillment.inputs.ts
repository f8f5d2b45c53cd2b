import { IdempotentInput, IdField, IntField, NestedListField, TextField } from '@souk/kit/graphql';
import { ArrayMinSize } from 'class-validator';
import { InputType } from 'type-graphql';
import { MAX_CART_LINES, MAX_LINE_QUANTITY } from '../cart/cart.errors.ts';

const MAX_VERSION = 2 ** 31 - 1; // Int of GraphQL

@InputType({ description: 'Units of an order line.' })
export class FulfillmentLineInput {
  @IdField()
  orderLineId!: string;

  @IntField({ min: 1, max: MAX_LINE_QUANTITY })
  quantity!: number;
}

@InputType()
abstract class FulfillmentChangeInput extends IdempotentInput {
  @IntField({
    min: 1,
    max: MAX_VERSION,
    nullable: true,
    description: "The order's `version` that the caller has seen.",
  })
  expectedVersion?: number | null;
}

@InputType()
export class FulfillmentCreateInput extends FulfillmentChangeInput {
  @IdField()
  orderId!: string;

  @ArrayMinSize(1, { message: 'lines names at least one line; leave it out for all that is open' })
  @NestedListField(() => FulfillmentLineInput, {
    nullable: true,
    max: MAX_CART_LINES,
    description: 'Default: all units that are still open.',
  })
  lines?: FulfillmentLineInput[] | null;
}

@InputType()
export class FulfillmentShipInput extends FulfillmentChangeInput {
  @IdField()
  fulfillmentId!: string;

  @TextField({ nullable: true, max: 80 })
  carrier?: string | null;

  @TextField({ nullable: true, max: 80 })
  trackingNumber?: string | null;

  @TextField({
    nullable: true,
    max: 2000,
    description:
      'The page that shows where the parcel is, an https address. Needed only for carriers whose pages Souk does not know.',
  })
  trackingUrl?: string | null;
}

@InputType({ description: 'Replaces carrier, number and page of a parcel. Fields that are left out are emptied.' })
export class FulfillmentTrackingSetInput extends FulfillmentShipInput {}

@InputType()
export class FulfillmentDeliverInput extends FulfillmentChangeInput {
  @IdField()
  fulfillmentId!: string;
}

@InputType()
export class FulfillmentCancelInput extends FulfillmentChangeInput {
  @IdField()
  fulfillmentId!: string;
}
