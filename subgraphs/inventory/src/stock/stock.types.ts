import { connectionTypes, DateTimeScalar } from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { WarehouseType } from '../warehouse/warehouse.types.ts';
import { STOCK_MOVEMENT_KINDS, type StockMovementKind } from './stock-movement.ts';

const StockMovementKindEnum = Object.fromEntries(STOCK_MOVEMENT_KINDS.map((kind) => [kind, kind]));
registerEnumType(StockMovementKindEnum, { name: 'StockMovementKind', description: 'Why stock moved.' });

@ObjectType('StockLevel', { simpleResolvers: true, description: 'What a warehouse has of a SKU.' })
export class StockLevelType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => WarehouseType)
  warehouse!: WarehouseType;

  @Field(() => Int, { description: 'Units in the warehouse.' })
  onHand!: number;

  @Field(() => Int, { description: 'Units of those that are promised to orders.' })
  reserved!: number;

  @Field(() => Int, { description: 'Units that can still be promised: `onHand - reserved`.' })
  available!: number;

  @Field(() => Int, {
    description: 'Grows with every change, reservations too; `expectedVersion` of a mutation is compared with it.',
  })
  version!: number;

  @Field(() => DateTimeScalar)
  updatedAt!: Date;
}

@ObjectType('StockMovement', {
  simpleResolvers: true,
  description: 'An entry of the stock ledger, which is only ever appended to: the deltas sum to the stock level.',
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

  @Field(() => ID, { nullable: true, description: 'The user; null when a shopper or the platform caused it.' })
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
