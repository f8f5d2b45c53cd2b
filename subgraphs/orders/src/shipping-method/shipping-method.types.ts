import { MoneyType } from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

@Directive('@cost(weight: 0)')
@ObjectType('DeliveryDays', {
  simpleResolvers: true,
  description: 'Working days from the order to the delivery, both numbers included.',
})
export class DeliveryDaysType {
  @Field(() => Int)
  min!: number;

  @Field(() => Int)
  max!: number;
}

@ObjectType('ShippingMethod', {
  simpleResolvers: true,
  description: 'A shipping method with its price for one cart, in the language of the cart.',
})
export class ShippingMethodType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => MoneyType, { description: 'Includes the tax when the prices of the shop do.' })
  price!: MoneyType;

  @Field(() => DeliveryDaysType, { nullable: true, description: 'Null: not known.' })
  deliveryDays!: DeliveryDaysType | null;

  @Field(() => MoneyType, { nullable: true, description: 'The subtotal from which shipping is free. Null: never.' })
  freeFrom!: MoneyType | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The amount that is missing until shipping is free. Null: shipping is free already, or never.',
  })
  untilFree!: MoneyType | null;
}
