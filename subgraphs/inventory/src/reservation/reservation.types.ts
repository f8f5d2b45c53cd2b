import { DateTimeScalar, NodeType, enumOf } from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { WarehouseType } from '../warehouse/warehouse.types.ts';
import { RESERVATION_STATUSES, type ReservationStatus } from './reservation.machine.ts';

const ReservationStatusEnum = enumOf(RESERVATION_STATUSES);
registerEnumType(ReservationStatusEnum, {
  name: 'ReservationStatus',
  description: 'Whether a reservation holds stock, or how it ended.',
});

@ObjectType('ReservationLine', {
  simpleResolvers: true,
  description: 'Units of a SKU that a warehouse holds for an order.',
})
export class ReservationLineType {
  @Field(() => String)
  sku!: string;

  @Field(() => WarehouseType)
  warehouse!: WarehouseType;

  @Field(() => Int)
  quantity!: number;
}

@Directive('@key(fields: "id")')
@ObjectType('Reservation', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Stock that is held for an order until a point in time.',
})
export class ReservationType {
  @Field(() => ID)
  id!: string;

  @Field(() => ReservationStatusEnum)
  status!: ReservationStatus;

  @Field(() => ID, {
    nullable: true,
    description: 'Null: the stock is reserved for a cart, or the reservation was released before it was made.',
  })
  orderId!: string | null;

  @Field(() => DateTimeScalar, { description: 'Time at which a held reservation releases its stock.' })
  expiresAt!: Date;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => [ReservationLineType])
  lines!: readonly ReservationLineType[];
}

/** A stub of the order, which the subgraph orders owns. This subgraph adds the field `reservations`. */
@Directive('@key(fields: "id")')
@ObjectType('Order', { simpleResolvers: true })
export class OrderStub {
  @Field(() => ID)
  id!: string;
}

/** A stub of the cart in the subgraph orders. This subgraph adds the time of the cart's reservation to the cart. */
@Directive('@key(fields: "id")')
@ObjectType('Cart', { simpleResolvers: true })
export class CartStub {
  @Field(() => ID)
  id!: string;
}
