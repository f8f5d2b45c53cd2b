import { AuditedFor, AuditedType, connectionTypes, enumOf } from '@souk/kit/graphql';
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
    TRACK_ONLY: { description: 'Orders take the stock that there is, down to zero. The SKU can always be bought.' },
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
}

export const { ConnectionType: StockItemConnectionType } = connectionTypes('StockItem', StockItemType);

@ObjectType({ simpleResolvers: true })
export class StockItemSetPayload {
  @Field(() => StockItemType, { nullable: true })
  stockItem!: StockItemType | null;

  @Field(() => [errors.UserError])
  userErrors!: unknown[];
}
