import {
  CountryCodeScalar,
  CurrencyCodeScalar,
  DecimalScalar,
  IntField,
  NestedListField,
  TextField,
} from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { MAX_CART_LINES } from '../cart/cart.errors.ts';
import { CartLineInput } from '../cart/cart.inputs.ts';
import { MAX_WEIGHT_GRAMS } from '../shipping-method/shipping-price-settings.ts';

@InputType({
  description: 'A cart and its destination. The weight, the value and the number of units replace those of `lines`.',
})
export class ShippingPreviewInput {
  @Field(() => CountryCodeScalar)
  countryCode!: string;

  @TextField({ nullable: true, description: 'As addresses write it: "CA".' })
  region?: string | null;

  @TextField({ nullable: true, max: 20 })
  postalCode?: string | null;

  @Field(() => CurrencyCodeScalar, { nullable: true, description: "Default: the shop's currency." })
  currencyCode?: string | null;

  @NestedListField(() => CartLineInput, {
    nullable: true,
    max: MAX_CART_LINES,
    description: 'Variants at their current prices and weights, also for excluded products. Default: none.',
  })
  lines?: CartLineInput[] | null;

  @IntField({
    nullable: true,
    min: 0,
    max: MAX_WEIGHT_GRAMS,
    description: 'Default: the weight of `lines`.',
  })
  weightGrams?: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The value of the goods. Default: the value of `lines`.' })
  subtotal?: string | null;

  @IntField({ nullable: true, min: 0, max: 2_000_000, description: 'Units. Default: the units of `lines`.' })
  quantity?: number | null;
}
