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
  description: 'What a shipping method costs in one currency.',
})
export class ShippingMethodPriceType {
  @Field(() => MoneyType, { description: 'Tax included.' })
  price!: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: 'From this subtotal on it costs nothing.' })
  freeFrom!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'The least subtotal that it is offered for.' })
  minSubtotal!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'The greatest subtotal that it is offered for.' })
  maxSubtotal!: MoneyType | null;
}

@ObjectType('ShippingMethodSetup', { simpleResolvers: true, description: 'A shipping method as staff set it up.' })
export class ShippingMethodSetupType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Grows with every change; `expectedVersion` of a mutation is compared with it.' })
  version!: number;

  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [CountryCodeScalar], { description: 'Where it ships to; none: everywhere.' })
  countryCodes!: readonly string[];

  @Field(() => [ShippingMethodPriceType], { description: 'One for each currency that it is offered in.' })
  prices!: readonly ShippingMethodPriceType[];

  @Field(() => Int, { description: 'The smallest comes first.' })
  sortOrder!: number;

  @Field(() => Boolean, { description: 'Whether buyers may choose it.' })
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

  @Field(() => DecimalScalar, { nullable: true, description: 'From this subtotal on it costs nothing.' })
  freeFrom?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The least subtotal that it is offered for.' })
  minSubtotal?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The greatest subtotal that it is offered for.' })
  maxSubtotal?: string | null;
}

/** Larger than the number of countries and of currencies. */
const MAX_ENTRIES = 300;
const SORT_ORDER = { min: -1_000_000, max: 1_000_000, description: 'The smallest comes first.' };

@InputType()
export class ShippingMethodCreateInput extends IdempotentInput {
  @TextField({ max: 100, description: 'Unique in the shop; it cannot be changed.' })
  code!: string;

  @TextField()
  name!: string;

  @ListField(() => CountryCodeScalar, {
    defaultValue: [],
    max: MAX_ENTRIES,
    description: 'Where it ships to; none: everywhere.',
  })
  countryCodes!: string[];

  @NestedListField(() => ShippingMethodPriceInput, {
    max: MAX_ENTRIES,
    description: 'One for each currency that it is offered in.',
  })
  prices!: ShippingMethodPriceInput[];

  @IntField({ ...SORT_ORDER, nullable: true })
  sortOrder?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Default: true.' })
  active?: boolean | null;
}

@InputType({ description: 'What is left out stays as it is.' })
export class ShippingMethodUpdateInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({ min: 1, max: 2 ** 31 - 1, nullable: true, description: 'Refused when the method is at another version.' })
  expectedVersion?: number | null;

  @TextField({ omittable: true })
  name?: string;

  @ListField(() => CountryCodeScalar, {
    nullable: true,
    max: MAX_ENTRIES,
    description: 'Where it ships to; null or an empty list: everywhere.',
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

  @IntField({ min: 1, max: 2 ** 31 - 1, nullable: true, description: 'Refused when the method is at another version.' })
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
    description: 'Of the method that is gone; null when it was refused or only deactivated.',
  })
  deletedId?: string | null;

  @Field(() => ShippingMethodSetupType, {
    nullable: true,
    description:
      'The deactivated method, where a cart has chosen it: it stays in the list, and no buyer can choose it.',
  })
  shippingMethod?: ShippingMethodSetupType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
