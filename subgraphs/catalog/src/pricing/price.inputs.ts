import { CountryCodeScalar, CurrencyCodeScalar, DecimalScalar, IntField } from '@souk/kit/graphql';
import { ArgsType, Field, InputType } from 'type-graphql';
import type { MeasureUnit } from './content.ts';
import { MeasureUnitEnum } from './price.types.ts';

/** The maximum number of units for which a price can be requested. */
export const MAX_QUANTITY = 1_000_000;

@ArgsType()
export class PriceTierArgs {
  @Field(() => CurrencyCodeScalar, { nullable: true })
  currencyCode?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country to which the order goes. Without it, price lists for countries do not apply.',
  })
  countryCode?: string | null;
}

@ArgsType()
export class PriceArgs extends PriceTierArgs {
  @IntField({ min: 1, max: MAX_QUANTITY, nullable: true, description: 'The number of units. Default: 1.' })
  quantity?: number | null;
}

@InputType('VariantContentInput')
export class ContentInput {
  @Field(() => DecimalScalar, { description: 'More than 0, with up to three decimal places.' })
  amount!: string;

  @Field(() => MeasureUnitEnum)
  unit!: MeasureUnit;
}
