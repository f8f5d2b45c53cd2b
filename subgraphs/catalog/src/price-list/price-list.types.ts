import {
  AuditedFor,
  AuditedType,
  connectionTypes,
  CountryCodeScalar,
  CurrencyCodeScalar,
  DateTimeScalar,
  MoneyType,
} from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PricesRead } from '../contract.ts';

@AuditedFor(PricesRead)
@ObjectType('PriceList', {
  implements: AuditedType,
  simpleResolvers: true,
  description: 'Prices in one currency for some buyers, channels, countries or times.',
})
export class PriceListType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Stable, for programs: "wholesale". Unique in the shop.' })
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => CurrencyCodeScalar, { description: 'The currency of all prices in the list.' })
  currencyCode!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the prices include the tax. Null: as the shop's prices do.",
  })
  pricesIncludeTax!: boolean | null;

  @Field(() => [ID], {
    description: 'The customer groups whose members get the prices. Empty: every buyer. At most 100.',
  })
  customerGroupIds!: readonly string[];

  @Field(() => [ID], {
    description: 'The companies whose members get the prices. Empty: every buyer. At most 500.',
  })
  companyIds!: readonly string[];

  @Field(() => [ID], {
    description: 'The sales channels in which the prices apply. Empty: every channel. At most 100.',
  })
  channelIds!: readonly string[];

  @Field(() => [CountryCodeScalar], {
    description: 'The countries to which orders go at these prices. Empty: every country. At most 250.',
  })
  countryCodes!: readonly string[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null: no beginning.' })
  startsAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first moment without the list. Null: no end.' })
  endsAt!: Date | null;

  @Field(() => Int, {
    description:
      'Of the lists that have a price for a variant and quantity, the one with the highest priority decides. Among equal ones a list for customer groups or companies comes first, then a list for channels or countries, then the newest.',
  })
  priority!: number;

  @Field(() => Boolean)
  active!: boolean;
}

@ObjectType('PriceListPrice', {
  simpleResolvers: true,
  description: 'A price of one unit of a variant in a price list.',
})
export class PriceListPriceType {
  @Field(() => ID)
  variantId!: string;

  @Field(() => Int, { description: 'The lowest number of units in a cart line to which the price applies.' })
  fromQuantity!: number;

  @Field(() => MoneyType, { description: "It includes tax as the list's prices do." })
  price!: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: 'The price before a reduction. Null: not reduced.' })
  compareAtPrice!: MoneyType | null;
}

export const { ConnectionType: PriceListConnection } = connectionTypes('PriceList', PriceListType);
export const { ConnectionType: PriceListPriceConnection } = connectionTypes('PriceListPrice', PriceListPriceType);
