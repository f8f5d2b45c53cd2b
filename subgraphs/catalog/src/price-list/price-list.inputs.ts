import {
  CountryCodeScalar,
  CurrencyCodeScalar,
  DateTimeScalar,
  DecimalScalar,
  IdempotentInput,
  IdField,
  IdListField,
  IntField,
  ListField,
  NestedListField,
  OmittableField,
  LineField,
  TextField,
} from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { ChangeInputType } from '../catalog.inputs.ts';
import { MAX_CHANNELS } from '../channel/channel.ts';
import { MAX_QUANTITY } from '../pricing/price.inputs.ts';
import { MAX_PRIORITY } from '../pricing/price-selection.ts';

const MAX_PRICES = 500;
const CODE = { max: 100, description: 'Small letters, digits, single dashes and underscores.' };
const GROUPS = {
  max: 100,
  nullable: true,
  description: 'The customer groups whose members get the prices. Null or an empty list: every buyer.',
};
const COMPANIES = {
  max: 500,
  nullable: true,
  description: 'The companies whose members get the prices. Null or an empty list: every buyer.',
};
const CHANNELS = {
  max: MAX_CHANNELS,
  nullable: true,
  description: 'The sales channels in which the prices apply. Null or an empty list: every channel.',
};
const COUNTRIES = {
  max: 250,
  nullable: true,
  description: 'The countries to which orders go at these prices. Null or an empty list: every country.',
};
const PRIORITY = {
  min: -MAX_PRIORITY,
  max: MAX_PRIORITY,
  description: 'The list with the highest priority that has a price decides.',
};
const QUANTITY = { min: 1, max: MAX_QUANTITY, nullable: true };

@InputType('PriceListCreateInput')
export class PriceListCreateInput extends IdempotentInput {
  @TextField(CODE)
  code!: string;

  @LineField()
  name!: string;

  @Field(() => CurrencyCodeScalar, { description: 'The currency of all prices in the list. It cannot be changed.' })
  currencyCode!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the prices include the tax. It cannot be changed. Default: as the shop's prices do.",
  })
  pricesIncludeTax?: boolean | null;

  @IdListField(GROUPS)
  customerGroupIds?: string[] | null;

  @IdListField(COMPANIES)
  companyIds?: string[] | null;

  @IdListField(CHANNELS)
  channelIds?: string[] | null;

  @ListField(() => CountryCodeScalar, COUNTRIES)
  countryCodes?: string[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Default: at once.' })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first moment without the list. Default: never.' })
  endsAt?: Date | null;

  @IntField({ ...PRIORITY, nullable: true, description: `${PRIORITY.description} Default: 0.` })
  priority?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Default: true.' })
  active?: boolean | null;
}

@InputType('PriceListUpdateInput', { description: 'Omitted fields keep their value.' })
export class PriceListUpdateInput extends ChangeInputType {
  @TextField({ ...CODE, omittable: true })
  code?: string;

  @LineField({ omittable: true })
  name?: string;

  @IdListField(GROUPS)
  customerGroupIds?: string[] | null;

  @IdListField(COMPANIES)
  companyIds?: string[] | null;

  @IdListField(CHANNELS)
  channelIds?: string[] | null;

  @ListField(() => CountryCodeScalar, COUNTRIES)
  countryCodes?: string[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null: at once.' })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null: never.' })
  endsAt?: Date | null;

  @IntField({ ...PRIORITY, omittable: true })
  priority?: number;

  @OmittableField(() => Boolean)
  active?: boolean;
}

@InputType('PriceListDeleteInput')
export class PriceListDeleteInput extends ChangeInputType {}

@InputType('PriceListPriceInput', {
  description: 'A price in the currency of the list, with up to six decimal places.',
})
export class PriceListPriceInput {
  @IdField()
  variantId!: string;

  @IntField({
    ...QUANTITY,
    description: 'The lowest number of units in a cart line to which the price applies. Default: 1.',
  })
  fromQuantity?: number | null;

  @Field(() => DecimalScalar, {
    description: "The price of one unit. It includes tax as the list's prices do.",
  })
  price!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The price before a reduction, higher than the price. Default: not reduced.',
  })
  compareAtPrice?: string | null;
}

@InputType('PriceListPricesSetInput', {
  description: 'Adds prices to a list. A price for the same variant and quantity is replaced, other prices stay.',
})
export class PriceListPricesSetInput extends ChangeInputType {
  @NestedListField(() => PriceListPriceInput, { max: MAX_PRICES })
  prices!: PriceListPriceInput[];
}

@InputType('PriceListPriceKeyInput', { description: 'Names prices of a variant in a list.' })
export class PriceListPriceKeyInput {
  @IdField()
  variantId!: string;

  @IntField({ ...QUANTITY, description: 'Default: the prices for every quantity.' })
  fromQuantity?: number | null;
}

@InputType('PriceListPricesRemoveInput', {
  description: 'Removes prices from a list. Prices that the list does not have are ignored.',
})
export class PriceListPricesRemoveInput extends ChangeInputType {
  @NestedListField(() => PriceListPriceKeyInput, { max: MAX_PRICES })
  prices!: PriceListPriceKeyInput[];
}
