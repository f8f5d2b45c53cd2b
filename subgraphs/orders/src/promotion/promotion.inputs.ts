import {
  CurrencyCodeScalar,
  DateTimeScalar,
  DecimalScalar,
  IdempotentInput,
  IdField,
  IdListField,
  IntField,
  NestedField,
  NestedListField,
  OmittableField,
  TextField,
} from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { MAX_CODE_LENGTH } from './discount-code.ts';
import type { PromotionActionType } from './promotion.ts';
import { PromotionActionTypeEnum } from './promotion.types.ts';

const MAX_PRODUCTS = 500;
/** Larger than the number of currencies. */
const MAX_AMOUNTS = 200;
const MAX_INT = 2 ** 31 - 1;
const MAX_UNITS = 10_000;
const PRIORITY = { min: -1_000_000, max: 1_000_000, description: 'Promotions apply in ascending order.' };
const PRODUCTS = {
  max: MAX_PRODUCTS,
  nullable: true,
  description: 'The products whose lines the promotion applies to. Null or an empty list: all products.',
};
const SUBTOTALS = {
  max: MAX_AMOUNTS,
  nullable: true,
  description: 'The lowest subtotal of the cart, by currency. Null or an empty list: no minimum.',
};
const CODE = {
  max: MAX_CODE_LENGTH,
  nullable: true,
  description:
    'The code that buyers enter, in any case: letters, digits, hyphens and underscores. Null: the promotion applies without a code.',
};
const LIMIT = { min: 1, max: MAX_INT, nullable: true };

@InputType({ description: 'An amount in one currency.' })
export class PromotionAmountInput {
  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => DecimalScalar)
  amount!: string;
}

@InputType({ description: 'What a promotion does. Each type takes its own fields and no others.' })
export class PromotionActionInput {
  @Field(() => PromotionActionTypeEnum)
  type!: PromotionActionType;

  @Field(() => DecimalScalar, { nullable: true, description: 'For PERCENTAGE: 0.01 to 100.' })
  percent?: string | null;

  @NestedListField(() => PromotionAmountInput, {
    max: MAX_AMOUNTS,
    nullable: true,
    description: 'For AMOUNT and UNIT_PRICE: one for each currency. Tax included.',
  })
  amounts?: PromotionAmountInput[] | null;

  @IntField({ min: 1, max: MAX_UNITS, nullable: true, description: 'For BUY_X_GET_Y: the paid units of each group.' })
  buy?: number | null;

  @IntField({ min: 1, max: MAX_UNITS, nullable: true, description: 'For BUY_X_GET_Y: the free units of each group.' })
  get?: number | null;
}

@InputType()
export class PromotionCreateInput extends IdempotentInput {
  @TextField({ description: 'Buyers see the name beside the discount.' })
  name!: string;

  @TextField(CODE)
  code?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Default: true.' })
  active?: boolean | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Default: at once.' })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The first moment without the promotion. Default: never.',
  })
  endsAt?: Date | null;

  @IntField({ ...PRIORITY, nullable: true })
  priority?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the promotion applies together with others. Default: true.',
  })
  combinable?: boolean | null;

  @IdListField(PRODUCTS)
  productIds?: string[] | null;

  @IntField({
    min: 1,
    max: MAX_INT,
    nullable: true,
    description: 'The lowest number of units in the lines. Default: 1.',
  })
  minQuantity?: number | null;

  @NestedListField(() => PromotionAmountInput, SUBTOTALS)
  minSubtotals?: PromotionAmountInput[] | null;

  @NestedField(() => PromotionActionInput)
  action!: PromotionActionInput;

  @IntField({ ...LIMIT, description: 'The highest number of orders. Default: no limit.' })
  usageLimit?: number | null;

  @IntField({ ...LIMIT, description: 'The highest number of orders with one e-mail address. Default: no limit.' })
  usageLimitPerBuyer?: number | null;
}

@InputType({ description: 'Omitted fields keep their value.' })
export class PromotionUpdateInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({
    min: 1,
    max: MAX_INT,
    nullable: true,
    description: 'The change is refused when the promotion has another version.',
  })
  expectedVersion?: number | null;

  @TextField({ omittable: true })
  name?: string;

  @TextField(CODE)
  code?: string | null;

  @OmittableField(() => Boolean)
  active?: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null: at once.' })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null: never.' })
  endsAt?: Date | null;

  @IntField({ ...PRIORITY, omittable: true })
  priority?: number;

  @OmittableField(() => Boolean)
  combinable?: boolean;

  @IdListField(PRODUCTS)
  productIds?: string[] | null;

  @IntField({ min: 1, max: MAX_INT, omittable: true })
  minQuantity?: number;

  @NestedListField(() => PromotionAmountInput, SUBTOTALS)
  minSubtotals?: PromotionAmountInput[] | null;

  @NestedField(() => PromotionActionInput, { omittable: true })
  action?: PromotionActionInput;

  @IntField({ ...LIMIT, description: 'Null: no limit.' })
  usageLimit?: number | null;

  @IntField({ ...LIMIT, description: 'Null: no limit.' })
  usageLimitPerBuyer?: number | null;
}

@InputType()
export class PromotionDeleteInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({
    min: 1,
    max: MAX_INT,
    nullable: true,
    description: 'The deletion is refused when the promotion has another version.',
  })
  expectedVersion?: number | null;
}
