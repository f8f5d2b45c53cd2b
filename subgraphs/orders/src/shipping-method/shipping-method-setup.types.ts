import {
  connectionTypes,
  CountryCodeScalar,
  CurrencyCodeScalar,
  DecimalScalar,
  IdempotentInput,
  IdField,
  IntField,
  ListField,
  NestedListField,
  MoneyType,
  OmittableField,
  TextField,
} from '@souk/kit/graphql';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { errors } from '../user-errors.ts';

@ObjectType('ShippingMethodPrice', {
  simpleResolvers: true,
  description: 'The price of a shipping method in one currency.',
})
export class ShippingMethodPriceType {
  @Field(() => MoneyType, { description: 'Tax included.' })
  price!: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: 'Shipping is free from this subtotal on.' })
  freeFrom!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'The lowest subtotal for which the method is offered.' })
  minSubtotal!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'The highest subtotal for which the method is offered.' })
  maxSubtotal!: MoneyType | null;
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

  @Field(() => [CountryCodeScalar], { description: 'Destination countries. Empty: everywhere.' })
  countryCodes!: readonly string[];

  @Field(() => [ShippingMethodPriceType], {
    description: 'One price for each currency in which the method is offered.',
  })
  prices!: readonly ShippingMethodPriceType[];

  @Field(() => Int, { description: 'Methods are sorted by it, ascending.' })
  sortOrder!: number;

  @Field(() => Boolean, { description: 'Whether buyers may choose the method.' })
  active!: boolean;
}

export const { ConnectionType: ShippingMethodConnection } = connectionTypes(
  'ShippingMethodSetup',
  ShippingMethodSetupType,
);

@InputType()
export class ShippingMethodPriceInput {
  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => DecimalScalar, { description: 'Tax included.' })
  price!: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'Shipping is free from this subtotal on.' })
  freeFrom?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The lowest subtotal for which the method is offered.' })
  minSubtotal?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The highest subtotal for which the method is offered.' })
  maxSubtotal?: string | null;
}

/** The maximum length of the lists. It is larger than the number of countries and the number of currencies. */
const MAX_ENTRIES = 300;
const SORT_ORDER = { min: -1_000_000, max: 1_000_000, description: 'Methods are sorted by it, ascending.' };

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
