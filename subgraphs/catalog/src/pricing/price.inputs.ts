import { all, CountryCodeScalar, CurrencyCodeScalar, IntField } from '@souk/kit/graphql';
import { ArgsType, Field } from 'type-graphql';

/** The highest quantity of a price. */
export const MAX_QUANTITY = 1_000_000;

const CountryField = () =>
  all(
    Field(() => CountryCodeScalar, {
      nullable: true,
      description: 'The country to which the order goes. Without it, price lists for countries do not apply.',
    }),
  );

@ArgsType()
export class PriceTierArgs {
  @Field(() => CurrencyCodeScalar, { nullable: true })
  currencyCode?: string | null;

  @CountryField()
  countryCode?: string | null;
}

@ArgsType()
export class PriceArgs extends PriceTierArgs {
  @IntField({ min: 1, max: MAX_QUANTITY, nullable: true, description: 'The number of units. Default: 1.' })
  quantity?: number | null;
}
