import { connectionTypes, CountryCodeScalar, DecimalScalar, enumOf, MoneyType } from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { DeliveryDaysType } from './shipping-method.types.ts';
import { STEP_MEASURES, type StepMeasure } from './shipping-rate.ts';

export const StepMeasureEnum = enumOf(STEP_MEASURES);
registerEnumType(StepMeasureEnum, {
  name: 'ShippingStepMeasure',
  description:
    'The measure of the steps of a price. WEIGHT: grams. VALUE: the price of the goods before discounts. COUNT: units. Gifts do not count.',
});

// The fields have the cost weight 0, because a page of methods is read with all prices in four statements. Selecting these fields causes no
// further statements.
@Directive('@cost(weight: 0)')
@ObjectType('ShippingPriceStep', {
  simpleResolvers: true,
  description: 'The price from a weight, value or number of units on, up to the next step.',
})
export class ShippingPriceStepType {
  @Field(() => DecimalScalar, { description: 'Grams, an amount in the currency of the price, or units.' })
  from!: string;

  @Field(() => MoneyType, { description: 'Tax included.' })
  price!: MoneyType;
}

@Directive('@cost(weight: 0)')
@ObjectType('ShippingMethodPrice', {
  simpleResolvers: true,
  description: 'The price of a shipping method in one currency.',
})
export class ShippingMethodPriceType {
  @Field(() => MoneyType, { description: 'Tax included. With steps: the price below the first step.' })
  price!: MoneyType;

  @Field(() => StepMeasureEnum, { nullable: true, description: 'Null: no steps, one price for every cart.' })
  stepsBy!: StepMeasure | null;

  @Field(() => [ShippingPriceStepType], { description: 'Ascending, at most 100.' })
  steps!: readonly ShippingPriceStepType[];

  @Field(() => MoneyType, { nullable: true, description: 'Shipping is free from this subtotal on.' })
  freeFrom!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'The lowest subtotal for which the method is offered.' })
  minSubtotal!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'The highest subtotal for which the method is offered.' })
  maxSubtotal!: MoneyType | null;

  @Field(() => Int, { nullable: true, description: 'The lowest weight for which the method is offered.' })
  minWeightGrams!: number | null;

  @Field(() => Int, { nullable: true, description: 'The highest weight for which the method is offered.' })
  maxWeightGrams!: number | null;
}

@Directive('@cost(weight: 0)')
@ObjectType('ShippingZoneRate', {
  simpleResolvers: true,
  description:
    'The prices of a method for addresses in a zone. They replace the `countryCodes` and `prices` of the method there.',
})
export class ShippingZoneRateType {
  @Field(() => ID)
  zoneId!: string;

  @Field(() => [ShippingMethodPriceType], {
    description: 'One price for each currency. Without one in its currency, a cart is not offered the method.',
  })
  prices!: readonly ShippingMethodPriceType[];

  @Field(() => DeliveryDaysType, { nullable: true, description: 'Null: the delivery days of the method.' })
  deliveryDays!: DeliveryDaysType | null;
}

@Directive('@cost(weight: 0)')
@ObjectType('ShippingMethodTranslation', {
  simpleResolvers: true,
  description: 'The texts of a method in another language.',
})
export class ShippingMethodTranslationType {
  @Field(() => String, { description: 'BCP 47: "de", "pt-BR".' })
  locale!: string;

  @Field(() => String, { nullable: true })
  name!: string | null;

  @Field(() => String, { nullable: true })
  description!: string | null;
}

@ObjectType('ShippingMethodSetup', {
  simpleResolvers: true,
  description: 'A shipping method with the settings for staff.',
})
export class ShippingMethodSetupType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Increases with every change. Mutations compare their `expectedVersion` with it.' })
  version!: number;

  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => [ShippingMethodTranslationType], { description: 'At most 100.' })
  translations!: readonly ShippingMethodTranslationType[];

  @Field(() => DeliveryDaysType, { nullable: true, description: 'Null: not known.' })
  deliveryDays!: DeliveryDaysType | null;

  @Field(() => [CountryCodeScalar], {
    description: 'Destination countries outside of the zones in `zoneRates`. Empty: everywhere.',
  })
  countryCodes!: readonly string[];

  @Field(() => [ShippingMethodPriceType], {
    description: 'One price for each currency in which the method is offered.',
  })
  prices!: readonly ShippingMethodPriceType[];

  @Field(() => [ShippingZoneRateType], {
    description:
      'The prices in zones, at most 200. They replace `countryCodes` and `prices` for addresses in the zone.',
  })
  zoneRates!: readonly ShippingZoneRateType[];

  @Field(() => [ID], { description: 'Products that the method does not ship. At most 200.' })
  excludedProductIds!: readonly string[];

  @Field(() => [ID], {
    description:
      'Categories whose products the method does not ship, those of their subcategories included. At most 200.',
  })
  excludedCategoryIds!: readonly string[];

  @Field(() => Int, { description: 'Methods are sorted by it, ascending.' })
  sortOrder!: number;

  @Field(() => Boolean, { description: 'Whether buyers may choose the method.' })
  active!: boolean;
}

export const { ConnectionType: ShippingMethodConnection } = connectionTypes(
  'ShippingMethodSetup',
  ShippingMethodSetupType,
);

@ObjectType()
abstract class ShippingMethodPayload {
  @Field(() => ShippingMethodSetupType, { nullable: true, description: 'Null when the change was refused.' })
  shippingMethod?: ShippingMethodSetupType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class ShippingMethodCreatePayload extends ShippingMethodPayload {}

@ObjectType({ simpleResolvers: true })
export class ShippingMethodUpdatePayload extends ShippingMethodPayload {}

@ObjectType({ simpleResolvers: true })
export class ShippingMethodDeletePayload {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the deleted method. Null when the deletion was refused, or the method was only deactivated.',
  })
  deletedId?: string | null;

  @Field(() => ShippingMethodSetupType, {
    nullable: true,
    description: 'The deactivated method, when a cart has chosen it. It stays in the list, and no buyer can choose it.',
  })
  shippingMethod?: ShippingMethodSetupType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
