import { MoneyType } from '@souk/kit/graphql';
import { Directive, Field, Int, ObjectType } from 'type-graphql';

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('PriceTier', {
  simpleResolvers: true,
  description: 'The price of one unit for a buyer who takes `fromQuantity` units or more of the variant.',
})
export class PriceTierType {
  @Field(() => Int)
  fromQuantity!: number;

  @Field(() => MoneyType)
  price!: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: 'The price before a reduction. Null: not reduced.' })
  compareAtPrice!: MoneyType | null;
}
