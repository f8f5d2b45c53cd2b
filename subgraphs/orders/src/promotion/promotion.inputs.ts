import {
  DateTimeScalar,
  IdempotencyKeyField,
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
import { MAX_AMOUNTS, PromotionActionInput, PromotionAmountInput } from './promotion-action.inputs.ts';

const MAX_PRODUCTS = 500;
const MAX_LISTS = 100;
const MAX_INT = 2 ** 31 - 1;
const PRIORITY = { min: -1_000_000, max: 1_000_000, description: 'Promotions apply in ascending order.' };
const PRODUCTS = {
  max: MAX_PRODUCTS,
  nullable: true,
  description:
    'The products whose lines the promotion applies to, together with those of `categoryIds` and `collectionIds`. All three null or empty: every line.',
};
const CATEGORIES = {
  max: MAX_LISTS,
  nullable: true,
  description:
    'The promotion applies to the products of these categories and of the categories below. Null or an empty list: no category.',
};
const COLLECTIONS = {
  max: MAX_LISTS,
  nullable: true,
  description: 'The promotion applies to the products of these collections. Null or an empty list: no collection.',
};
const GROUPS = {
  max: MAX_LISTS,
  nullable: true,
  description: 'The promotion is for buyers in one of these customer groups. Null or an empty list: every buyer.',
};
const CHANNELS = {
  max: MAX_LISTS,
  nullable: true,
  description: 'The promotion is for carts of one of these sales channels. Null or an empty list: every channel.',
};
const FIRST_ORDER =
  'Whether the promotion is for buyers whose e-mail address has no earlier order. Sets `usageLimitPerBuyer` to 1.';
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

@InputType({ description: 'The settings of a promotion.' })
export class PromotionDraftInput {
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

  @IdListField(CATEGORIES)
  categoryIds?: string[] | null;

  @IdListField(COLLECTIONS)
  collectionIds?: string[] | null;

  @IdListField(GROUPS)
  customerGroupIds?: string[] | null;

  @IdListField(CHANNELS)
  channelIds?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: `${FIRST_ORDER} Default: false.` })
  firstOrderOnly?: boolean | null;

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

@InputType()
export class PromotionCreateInput extends PromotionDraftInput {
  @IdempotencyKeyField()
  idempotencyKey?: string | null;
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

  @IdListField(CATEGORIES)
  categoryIds?: string[] | null;

  @IdListField(COLLECTIONS)
  collectionIds?: string[] | null;

  @IdListField(GROUPS)
  customerGroupIds?: string[] | null;

  @IdListField(CHANNELS)
  channelIds?: string[] | null;

  @OmittableField(() => Boolean, { description: FIRST_ORDER })
  firstOrderOnly?: boolean;

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
