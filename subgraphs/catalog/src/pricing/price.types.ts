import { DecimalScalar, MoneyType, enumOf } from '@souk/kit/graphql';
import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MEASURE_UNITS, type MeasureUnit } from './content.ts';

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

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether `price` includes the tax. Null: as the shop's prices do.",
  })
  includesTax!: boolean | null;
}

export const MeasureUnitEnum = enumOf(MEASURE_UNITS);
registerEnumType(MeasureUnitEnum, {
  name: 'MeasureUnit',
  description: 'A unit of weight, volume, length, area or number.',
});

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('VariantContent', {
  simpleResolvers: true,
  description: 'How much one unit of a variant contains: 750 MILLILITER.',
})
export class ContentType {
  @Field(() => DecimalScalar)
  amount!: string;

  @Field(() => MeasureUnitEnum)
  unit!: MeasureUnit;
}

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('UnitPrice', {
  simpleResolvers: true,
  description:
    'The price of a measure of a variant, by which buyers compare packs: 11.99 EUR for 1 LITER (EU Directive 98/6/EC).',
})
export class UnitPriceType {
  @Field(() => MoneyType)
  price!: MoneyType;

  @Field(() => DecimalScalar, { description: 'The number of units of measure that the price is for: "1".' })
  measure!: string;

  @Field(() => MeasureUnitEnum, { description: 'KILOGRAM, LITER, METER, SQUARE_METER, CUBIC_METER or PIECE.' })
  unit!: MeasureUnit;
}
