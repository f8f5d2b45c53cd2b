import { connectionTypes, DateTimeScalar, enumOf } from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { WarehouseType } from '../warehouse/warehouse.types.ts';
import { STOCK_MOVEMENT_KINDS, type StockMovementKind } from './stock-movement.ts';

const StockMovementKindEnum = enumOf(STOCK_MOVEMENT_KINDS);
registerEnumType(StockMovementKindEnum, { name: 'StockMovementKind', description: 'The cause of a stock movement.' });

@ObjectType('StockLevel', { simpleResolvers: true, description: 'The stock of a SKU in a warehouse.' })
export class StockLevelType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => WarehouseType)
  warehouse!: WarehouseType;

  @Field(() => Int, { description: 'Units in the warehouse.' })
  onHand!: number;

  @Field(() => Int, { description: 'Units on hand that are reserved for orders.' })
  reserved!: number;

  @Field(() => Int, { description: 'Units that can still be reserved: `onHand - reserved`.' })
  available!: number;

  @Field(() => Int, {
    description:
      'Increases with every change, reservations included. Mutations compare their `expectedVersion` with it.',
  })
  version!: number;

  @Field(() => DateTimeScalar)
  updatedAt!: Date;
}

@ObjectType('StockMovement', {
  simpleResolvers: true,
  description: 'An entry of the append-only stock ledger. The deltas sum to the stock level.',
})
export class StockMovementType {
  @Field(() => ID)
  id!: string;

  @Field(() => StockMovementKindEnum)
  kind!: StockMovementKind;

  @Field(() => String)
  sku!: string;

  @Field(() => WarehouseType)
  warehouse!: WarehouseType;

  @Field(() => Int)
  onHandDelta!: number;

  @Field(() => Int)
  reservedDelta!: number;

  @Field(() => String, { nullable: true })
  reason!: string | null;

  @Field(() => ID, { nullable: true })
  reservationId!: string | null;

  @Field(() => ID, { nullable: true })
  orderId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The user who caused the movement. Null: a shopper or the platform.',
  })
  actorId!: string | null;

  @Field(() => DateTimeScalar)
  occurredAt!: Date;
}

export const { ConnectionType: StockLevelConnectionType } = connectionTypes('StockLevel', StockLevelType);
export const { ConnectionType: StockMovementConnectionType } = connectionTypes('StockMovement', StockMovementType);

@ObjectType({ simpleResolvers: true })
export class StockAdjustPayload {
  @Field(() => StockLevelType, { nullable: true })
  stockLevel!: StockLevelType | null;

  @Field(() => [errors.UserError])
  userErrors!: unknown[];
}

@ObjectType({ simpleResolvers: true })
export class StockTransferPayload {
  @Field(() => StockLevelType, { nullable: true })
  from!: StockLevelType | null;

  @Field(() => StockLevelType, { nullable: true })
  to!: StockLevelType | null;

  @Field(() => [errors.UserError])
  userErrors!: unknown[];
}
