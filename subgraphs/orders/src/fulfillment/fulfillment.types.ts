import { DateTimeScalar, NodeType, enumOf } from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { FULFILLMENT_STATUSES, type FulfillmentStatus } from './fulfillment.machine.ts';

const FulfillmentStatusEnum = enumOf(FULFILLMENT_STATUSES);
registerEnumType(FulfillmentStatusEnum, {
  name: 'FulfillmentStatus',
  description: 'PENDING: not shipped yet. SHIPPED: in transit. CANCELED: its units are open again.',
});

/**
 * A stub of the entity `Warehouse` of the inventory subgraph. This subgraph adds code and name for buyers, because inventory returns
 * warehouses only to staff.
 */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Warehouse', { implements: NodeType, simpleResolvers: true })
export class WarehouseStub {
  @Field(() => ID)
  id!: string;
}

@ObjectType('FulfillmentLine', { simpleResolvers: true, description: 'Units of one order line in a parcel.' })
export class FulfillmentLineType {
  @Field(() => ID)
  orderLineId!: string;

  @Field(() => Int)
  quantity!: number;
}

@Directive('@key(fields: "id")')
@ObjectType('Fulfillment', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'The units of an order that one warehouse sends together.',
})
export class FulfillmentType {
  @Field(() => ID)
  id!: string;

  @Field(() => FulfillmentStatusEnum)
  status!: FulfillmentStatus;

  @Field(() => String, { nullable: true })
  carrier!: string | null;

  @Field(() => String, { nullable: true })
  trackingNumber!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The page that shows where the parcel is: as staff entered it, or of a known carrier. Null when there is neither.',
  })
  trackingUrl!: string | null;

  @Directive('@provides(fields: "code name")')
  @Field(() => WarehouseStub, { nullable: true })
  warehouse!: WarehouseStub | null;

  @Field(() => [FulfillmentLineType])
  lines!: readonly FulfillmentLineType[];

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  shippedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  deliveredAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  canceledAt!: Date | null;
}

@ObjectType({ simpleResolvers: true })
export class FulfillmentCreatePayload {
  @Field(() => [FulfillmentType], {
    nullable: true,
    description: 'One per warehouse. Null when the mutation was refused.',
  })
  fulfillments?: readonly FulfillmentType[] | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType()
abstract class FulfillmentPayload {
  @Field(() => FulfillmentType, { nullable: true, description: 'Null when the mutation was refused.' })
  fulfillment?: FulfillmentType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class FulfillmentShipPayload extends FulfillmentPayload {}

@ObjectType({ simpleResolvers: true })
export class FulfillmentTrackingSetPayload extends FulfillmentPayload {}

@ObjectType({ simpleResolvers: true })
export class FulfillmentDeliverPayload extends FulfillmentPayload {}

@ObjectType({ simpleResolvers: true })
export class FulfillmentCancelPayload extends FulfillmentPayload {}
