import { CurrencyCodeScalar, DecimalScalar, IdField, IntField, NestedListField } from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import type { PromotionActionType } from './promotion.ts';
import { PromotionActionTypeEnum } from './promotion.types.ts';

/** The maximum number of amounts in a list. It is larger than the number of currencies. */
export const MAX_AMOUNTS = 200;
const MAX_UNITS = 10_000;

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

  @IdField({ nullable: true, description: 'For GIFT: the id of the variant in the catalog.' })
  variantId?: string | null;

  @IntField({
    min: 1,
    max: MAX_UNITS,
    nullable: true,
    description: 'For GIFT: the units that a cart gets. Default: 1.',
  })
  quantity?: number | null;
}
