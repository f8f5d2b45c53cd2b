import {
  CountryCodeScalar,
  CurrencyCodeScalar,
  DecimalScalar,
  IdempotentInput,
  IdField,
  IdListField,
  IntField,
  ListField,
  NestedField,
  NestedListField,
  OmittableField,
  TextField,
} from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { MAX_DELIVERY_DAYS, MAX_METHOD_ZONES } from './shipping-method-settings.ts';
import { StepMeasureEnum } from './shipping-method-setup.types.ts';
import { MAX_STEPS, MAX_WEIGHT_GRAMS } from './shipping-price-settings.ts';
import type { StepMeasure } from './shipping-rate.ts';

/** The maximum length of lists. It is larger than the number of countries and of currencies. */
const MAX_ENTRIES = 300;
const MAX_DESCRIPTION = 1000;
const SORT_ORDER = { min: -1_000_000, max: 1_000_000, description: 'Methods are sorted by it, ascending.' };
const WEIGHT = { nullable: true, min: 0, max: MAX_WEIGHT_GRAMS };
const EXCLUDED_PRODUCTS = {
  nullable: true,
  max: 200,
  description: 'Products that the method does not ship. Null: none.',
};
const EXCLUDED_CATEGORIES = {
  nullable: true,
  max: 200,
  description: 'Categories whose products the method does not ship, those of their subcategories included. Null: none.',
};
const ZONE_RATES = {
  nullable: true,
  max: MAX_METHOD_ZONES,
  description: 'The prices in zones. They replace `countryCodes` and `prices` for addresses in the zone. Null: none.',
};
const TRANSLATIONS = { nullable: true, max: 100, description: 'Replaces the texts of all languages. Null: none.' };

@InputType({ description: 'The price from a weight, value or number of units on, up to the next step.' })
export class ShippingPriceStepInput {
  @Field(() => DecimalScalar, { description: 'Grams, an amount in the currency of the price, or units. More than 0.' })
  from!: string;

  @Field(() => DecimalScalar, { description: 'Tax included.' })
  price!: string;
}

@InputType()
export class ShippingMethodPriceInput {
  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => DecimalScalar, { description: 'Tax included. With steps: the price below the first step.' })
  price!: string;

  @Field(() => StepMeasureEnum, { nullable: true, description: 'The measure of `steps`. Default: no steps.' })
  stepsBy?: StepMeasure | null;

  @NestedListField(() => ShippingPriceStepInput, { nullable: true, max: MAX_STEPS, description: 'Ascending.' })
  steps?: ShippingPriceStepInput[] | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Shipping is free from this subtotal on.' })
  freeFrom?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The lowest subtotal for which the method is offered.' })
  minSubtotal?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The highest subtotal for which the method is offered.' })
  maxSubtotal?: string | null;

  @IntField({ ...WEIGHT, description: 'The lowest weight for which the method is offered.' })
  minWeightGrams?: number | null;

  @IntField({ ...WEIGHT, description: 'The highest weight for which the method is offered.' })
  maxWeightGrams?: number | null;
}

@InputType({ description: 'Working days from the order to the delivery.' })
export class DeliveryDaysInput {
  @IntField({ min: 0, max: MAX_DELIVERY_DAYS })
  min!: number;

  @IntField({ min: 0, max: MAX_DELIVERY_DAYS })
  max!: number;
}

@InputType({
  description:
    'The prices of a method for addresses in a zone. They replace the `countryCodes` and `prices` of the method there.',
})
export class ShippingZoneRateInput {
  @IdField()
  zoneId!: string;

  @NestedListField(() => ShippingMethodPriceInput, {
    max: MAX_ENTRIES,
    description: 'One price for each currency in which the method is offered in the zone.',
  })
  prices!: ShippingMethodPriceInput[];

  @NestedField(() => DeliveryDaysInput, { nullable: true, description: 'Default: the delivery days of the method.' })
  deliveryDays?: DeliveryDaysInput | null;
}

@InputType({
  description: 'The texts of a method in another language. Missing texts are shown in the language of the shop.',
})
export class ShippingMethodTranslationInput {
  @TextField({ min: 2, max: 35, description: 'BCP 47: "de", "pt-BR".' })
  locale!: string;

  @TextField({ nullable: true })
  name?: string | null;

  @TextField({ nullable: true, max: MAX_DESCRIPTION })
  description?: string | null;
}

@InputType()
export class ShippingMethodCreateInput extends IdempotentInput {
  @TextField({ max: 100, description: 'Unique in the shop. It cannot be changed.' })
  code!: string;

  @TextField()
  name!: string;

  @ListField(() => CountryCodeScalar, {
    defaultValue: [],
    max: MAX_ENTRIES,
    description: 'Destination countries. Empty: everywhere.',
  })
  countryCodes!: string[];

  @NestedListField(() => ShippingMethodPriceInput, {
    max: MAX_ENTRIES,
    description: 'One price for each currency in which the method is offered.',
  })
  prices!: ShippingMethodPriceInput[];

  @TextField({ nullable: true, max: MAX_DESCRIPTION, description: 'Null: none.' })
  description?: string | null;

  @NestedListField(() => ShippingMethodTranslationInput, TRANSLATIONS)
  translations?: ShippingMethodTranslationInput[] | null;

  @NestedField(() => DeliveryDaysInput, { nullable: true, description: 'Null: not known.' })
  deliveryDays?: DeliveryDaysInput | null;

  @NestedListField(() => ShippingZoneRateInput, ZONE_RATES)
  zoneRates?: ShippingZoneRateInput[] | null;

  @IdListField(EXCLUDED_PRODUCTS)
  excludedProductIds?: string[] | null;

  @IdListField(EXCLUDED_CATEGORIES)
  excludedCategoryIds?: string[] | null;

  @IntField({ ...SORT_ORDER, nullable: true })
  sortOrder?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Default: true.' })
  active?: boolean | null;
}

@InputType({ description: 'Omitted fields keep their value.' })
export class ShippingMethodUpdateInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({
    min: 1,
    max: 2 ** 31 - 1,
    nullable: true,
    description: 'The change is refused when the method has another version.',
  })
  expectedVersion?: number | null;

  @TextField({ omittable: true })
  name?: string;

  @ListField(() => CountryCodeScalar, {
    nullable: true,
    max: MAX_ENTRIES,
    description: 'Destination countries. Null or an empty list: everywhere.',
  })
  countryCodes?: string[] | null;

  @NestedListField(() => ShippingMethodPriceInput, { omittable: true, max: MAX_ENTRIES })
  prices?: ShippingMethodPriceInput[];

  @TextField({ nullable: true, max: MAX_DESCRIPTION, description: 'Null: none.' })
  description?: string | null;

  @NestedListField(() => ShippingMethodTranslationInput, TRANSLATIONS)
  translations?: ShippingMethodTranslationInput[] | null;

  @NestedField(() => DeliveryDaysInput, { nullable: true, description: 'Null: not known.' })
  deliveryDays?: DeliveryDaysInput | null;

  @NestedListField(() => ShippingZoneRateInput, ZONE_RATES)
  zoneRates?: ShippingZoneRateInput[] | null;

  @IdListField(EXCLUDED_PRODUCTS)
  excludedProductIds?: string[] | null;

  @IdListField(EXCLUDED_CATEGORIES)
  excludedCategoryIds?: string[] | null;

  @IntField({ ...SORT_ORDER, omittable: true })
  sortOrder?: number;

  @OmittableField(() => Boolean)
  active?: boolean;
}

@InputType()
export class ShippingMethodDeleteInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({
    min: 1,
    max: 2 ** 31 - 1,
    nullable: true,
    description: 'The change is refused when the method has another version.',
  })
  expectedVersion?: number | null;
}
