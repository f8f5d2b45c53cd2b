import { MoneyType } from '@souk/kit/graphql';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType('ShippingMethod', {
  simpleResolvers: true,
  description: 'A shipping method with its price for one cart or order.',
})
export class ShippingMethodType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => MoneyType, { description: 'Includes the tax when the prices of the shop do.' })
  price!: MoneyType;
}
