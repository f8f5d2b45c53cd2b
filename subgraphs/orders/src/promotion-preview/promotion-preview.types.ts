import { CurrencyCodeScalar, MoneyType } from '@souk/kit/graphql';
import { Field, ID, ObjectType } from 'type-graphql';
import { CartLineType, CartTotalsType } from '../cart/cart.types.ts';
import type { DiscountCodeOutcome } from '../promotion/promotion.ts';
import { CartDiscountCodeType, DiscountCodeOutcomeEnum } from '../promotion/promotion.types.ts';
import { errors } from '../user-errors.ts';

@ObjectType('PreviewedPromotion', {
  simpleResolvers: true,
  description: 'A promotion in a preview, and what it does to the cart.',
})
export class PreviewedPromotionType {
  @Field(() => ID, { nullable: true, description: 'Null for a new promotion.' })
  promotionId!: string | null;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  code!: string | null;

  @Field(() => Boolean, { description: 'Whether the preview is for this promotion.' })
  isPreviewed!: boolean;

  @Field(() => Boolean)
  applied!: boolean;

  @Field(() => DiscountCodeOutcomeEnum)
  outcome!: DiscountCodeOutcome;

  @Field(() => String, { description: 'Why the promotion did not apply, or that it applied. For people.' })
  message!: string;

  @Field(() => MoneyType, {
    description: 'The discount on all lines. The regular price of a gift. Zero for free shipping.',
  })
  amount!: MoneyType;
}

@ObjectType('PromotionPreview', {
  simpleResolvers: true,
  description: 'A cart at current prices, as promotions would change it.',
})
export class PromotionPreviewType {
  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => [CartLineType], { description: 'At most 200 lines, and then at most 21 gifts.' })
  lines!: readonly CartLineType[];

  @Field(() => CartTotalsType, { description: 'Without an address there is no tax and no shipping.' })
  totals!: CartTotalsType;

  @Field(() => [PreviewedPromotionType], {
    description:
      'The automatic promotions, the promotions of the codes and the previewed promotion, in the order in which they apply. At most 121.',
  })
  promotions!: readonly PreviewedPromotionType[];

  @Field(() => [CartDiscountCodeType], {
    description: 'The entered codes, with codes that no promotion has. At most 21.',
  })
  discountCodes!: readonly CartDiscountCodeType[];
}

@ObjectType({ simpleResolvers: true })
export class PromotionPreviewPayload {
  @Field(() => PromotionPreviewType, { nullable: true, description: 'Null when the input was refused.' })
  preview?: PromotionPreviewType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
