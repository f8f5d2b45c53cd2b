import { enumOf, MoneyType } from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { SHIPPING_OBSTACLES, type ShippingObstacle } from '../shipping-method/shipping-method.ts';
import { DeliveryDaysType } from '../shipping-method/shipping-method.types.ts';
import { ShippingZoneType } from '../shipping-zone/shipping-zone.types.ts';
import { errors } from '../user-errors.ts';

const ShippingObstacleEnum = enumOf(SHIPPING_OBSTACLES);
registerEnumType(ShippingObstacleEnum, {
  name: 'ShippingObstacle',
  description:
    'Why a shipping method is not offered, the first reason of several. ADDRESS_NOT_SERVED: it has no prices for the zone, and does not ship to the country. PRICE_MISSING: it has no price in the currency.',
});

@ObjectType('PreviewedShippingMethod', { simpleResolvers: true, description: 'A shipping method in a preview.' })
export class PreviewedShippingMethodType {
  @Field(() => ID)
  shippingMethodId!: string;

  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Boolean)
  offered!: boolean;

  @Field(() => ShippingObstacleEnum, { nullable: true, description: 'Null when the method is offered.' })
  obstacle!: ShippingObstacle | null;

  @Field(() => String, { nullable: true, description: 'The obstacle and its bound, for people.' })
  message!: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'Null when the method is not offered.' })
  price!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'The subtotal from which shipping is free. Null: never.' })
  freeFrom!: MoneyType | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The amount that is missing until shipping is free. Null: free already, never, or not offered.',
  })
  untilFree!: MoneyType | null;

  @Field(() => DeliveryDaysType, { nullable: true, description: 'Null: not known.' })
  deliveryDays!: DeliveryDaysType | null;
}

@ObjectType('ShippingPreview', {
  simpleResolvers: true,
  description:
    'The cost of each shipping method for a cart, or the reason why the method is not offered. Promotions are left out.',
})
export class ShippingPreviewType {
  @Field(() => ShippingZoneType, { nullable: true, description: 'The zone of the address. Null: in no zone.' })
  zone!: ShippingZoneType | null;

  @Field(() => Int, { description: 'Variants without a weight count as 0.' })
  weightGrams!: number;

  @Field(() => MoneyType)
  subtotal!: MoneyType;

  @Field(() => Int)
  quantity!: number;

  @Field(() => [PreviewedShippingMethodType], {
    description: 'All methods of the shop in the order that buyers see, inactive ones included. At most 500.',
  })
  methods!: readonly PreviewedShippingMethodType[];
}

@ObjectType({ simpleResolvers: true })
export class ShippingPreviewPayload {
  @Field(() => ShippingPreviewType, { nullable: true, description: 'Null when the input was refused.' })
  preview?: ShippingPreviewType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
