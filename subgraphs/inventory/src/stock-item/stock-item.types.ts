import { AuditedFor, AuditedType, connectionTypes, DateTimeScalar, enumOf } from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { StockRead } from '../contract.ts';
import { errors } from '../user-errors.ts';
import { STOCK_MODES, type StockMode } from './stock-item.ts';

export const StockModeEnum = enumOf(STOCK_MODES);
registerEnumType(StockModeEnum, {
  name: 'StockMode',
  description: 'How the stock of a SKU limits its sale.',
  valuesConfig: {
    NONE: { description: 'Stock is not counted. The SKU can always be bought.' },
    TRACK_ONLY: { description: 'Orders take the existing stock, down to zero. The SKU can always be bought.' },
    RESERVE_ON_ORDER: { description: 'The checkout reserves the units. An order for more units is refused.' },
    RESERVE_ON_CART: {
      description: 'The cart reserves the units for a time, from the moment when the line enters the cart.',
    },
  },
});

@AuditedFor(StockRead)
@ObjectType('StockItem', {
  implements: AuditedType,
  simpleResolvers: true,
  description: 'How a SKU is sold. A SKU without a stock item has the stock mode `RESERVE_ON_ORDER`. For staff.',
})
export class StockItemType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => StockModeEnum)
  mode!: StockMode;

  @Field(() => Int, {
    description:
      'How long a cart reserves its units after the last change of its lines, in seconds: `RESERVE_ON_CART`.',
  })
  cartHoldSeconds!: number;

  @Field(() => Int, { description: 'Units that are kept back from sale.' })
  safetyStock!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The SKU is low when no more units than these can be sold. Null: it is never low.',
  })
  lowStockThreshold!: number | null;

  @Field(() => Int, { description: 'The most units that may wait for stock. 0: the SKU cannot be back-ordered.' })
  backorderLimit!: number;

  @Field(() => Int, { description: 'Units that wait for stock.' })
  backordered!: number;

  @Field(() => Int, { description: 'Units that are on their way to the shop, as staff entered them.' })
  incomingQuantity!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time at which stock is expected.' })
  expectedAt!: Date | null;
}

export const { ConnectionType: StockItemConnectionType } = connectionTypes('StockItem', StockItemType);

@ObjectType({ simpleResolvers: true })
export class StockItemSetPayload {
  @Field(() => StockItemType, { nullable: true })
  stockItem!: StockItemType | null;

  @Field(() => [errors.UserError])
  userErrors!: unknown[];
}
