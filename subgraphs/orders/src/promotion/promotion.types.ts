import {
  AuditedFor,
  AuditedType,
  connectionTypes,
  DateTimeScalar,
  DecimalScalar,
  MoneyType,
  enumOf,
} from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PromotionsRead } from '../contract.ts';
import { errors } from '../user-errors.ts';
import { DISCOUNT_CODE_OUTCOMES, PROMOTION_ACTION_TYPES, type DiscountCodeOutcome } from './promotion.ts';
import type { PromotionActionType } from './promotion.ts';

export const PromotionActionTypeEnum = enumOf(PROMOTION_ACTION_TYPES);
registerEnumType(PromotionActionTypeEnum, {
  name: 'PromotionActionType',
  description:
    'PERCENTAGE takes a share off each line. AMOUNT takes an amount off all lines together. UNIT_PRICE sells each unit at a price. BUY_X_GET_Y makes the cheapest `get` of every `buy` + `get` units free. FREE_SHIPPING makes every shipping method free. GIFT adds units of a variant for free, while they are in stock.',
});

export const DiscountCodeOutcomeEnum = enumOf(DISCOUNT_CODE_OUTCOMES);
registerEnumType(DiscountCodeOutcomeEnum, {
  name: 'DiscountCodeOutcome',
  description:
    'Whether a code or a promotion applied, or the reason why not. UNKNOWN: the promotion was deleted. OTHER_GROUP: the buyer is in none of the customer groups. OTHER_CHANNEL: the cart is of another sales channel. GIFT_SOLD_OUT: the gift is not for sale in the currency of the cart, or not in stock. NO_EFFECT: nothing is left to discount.',
});

@ObjectType('CartDiscountCode', {
  simpleResolvers: true,
  description: 'A discount code that the buyer entered, and what happened to the code.',
})
export class CartDiscountCodeType {
  @Field(() => String, { description: 'In capitals.' })
  code!: string;

  @Field(() => Boolean)
  applied!: boolean;

  @Field(() => DiscountCodeOutcomeEnum)
  outcome!: DiscountCodeOutcome;

  @Field(() => String, {
    description: 'Why the code did not apply and what the buyer can do, or that it applied. For people.',
  })
  message!: string;
}

@Directive('@shareable')
@ObjectType('Discount', { simpleResolvers: true, description: 'The discount of one promotion.' })
export class DiscountType {
  @Field(() => String, { description: 'Name of the promotion.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The code of the promotion. Null: the promotion needs no code.' })
  code!: string | null;

  @Field(() => MoneyType, {
    description:
      'Zero for free shipping, which the price of the shipping method contains. The regular price of a gift.',
  })
  amount!: MoneyType;
}

@ObjectType('PromotionAction', {
  simpleResolvers: true,
  description: 'What a promotion does. Each type has its own fields.',
})
export class PromotionActionObjectType {
  @Field(() => PromotionActionTypeEnum)
  type!: PromotionActionType;

  @Field(() => DecimalScalar, { nullable: true, description: 'For PERCENTAGE, "15.00".' })
  percent!: string | null;

  @Field(() => [MoneyType], {
    description: 'For AMOUNT and UNIT_PRICE: one for each currency in which the promotion is offered. Else empty.',
  })
  amounts!: readonly MoneyType[];

  @Field(() => Int, { nullable: true, description: 'For BUY_X_GET_Y: the paid units of each group.' })
  buy!: number | null;

  @Field(() => Int, { nullable: true, description: 'For BUY_X_GET_Y: the free units of each group.' })
  get!: number | null;

  @Field(() => ID, { nullable: true, description: 'For GIFT: the id of the variant in the catalog.' })
  variantId!: string | null;

  @Field(() => Int, { nullable: true, description: 'For GIFT: the units that a cart gets.' })
  quantity!: number | null;
}

@AuditedFor(PromotionsRead)
@ObjectType('Promotion', {
  implements: AuditedType,
  simpleResolvers: true,
  description: 'A discount on carts, with or without a code.',
})
export class PromotionType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Buyers see the name beside the discount.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The code that buyers enter. Null: applies without a code.' })
  code!: string | null;

  @Field(() => Boolean)
  active!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null: no beginning.' })
  startsAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first moment without the promotion. Null: no end.' })
  endsAt!: Date | null;

  @Field(() => Int, { description: 'Promotions apply in ascending order.' })
  priority!: number;

  @Field(() => Boolean, { description: 'Whether the promotion applies together with others.' })
  combinable!: boolean;

  @Field(() => [ID], {
    description:
      'The products whose lines the promotion applies to, together with those of `categoryIds` and `collectionIds`. All three empty: every line. At most 500.',
  })
  productIds!: readonly string[];

  @Field(() => [ID], {
    description: 'The promotion applies to their products and those of the categories below. At most 100.',
  })
  categoryIds!: readonly string[];

  @Field(() => [ID], { description: 'The promotion applies to their products. At most 100.' })
  collectionIds!: readonly string[];

  @Field(() => [ID], { description: 'The buyer is in one of these customer groups. Empty: every buyer. At most 100.' })
  customerGroupIds!: readonly string[];

  @Field(() => [ID], {
    description: 'The cart is of one of these sales channels. Empty: every channel. At most 100.',
  })
  channelIds!: readonly string[];

  @Field(() => Boolean, {
    description: 'Whether the promotion is for buyers whose e-mail address has no earlier order.',
  })
  firstOrderOnly!: boolean;

  @Field(() => Int, { description: 'The lowest number of units in these lines.' })
  minQuantity!: number;

  @Field(() => [MoneyType], {
    description:
      'The lowest subtotal of the cart, by currency. Empty: no minimum. Otherwise the promotion applies in these currencies only.',
  })
  minSubtotals!: readonly MoneyType[];

  @Field(() => PromotionActionObjectType)
  action!: PromotionActionObjectType;

  @Field(() => Int, { nullable: true, description: 'The highest number of orders. Null: no limit.' })
  usageLimit!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The highest number of orders with one e-mail address. Null: no limit.',
  })
  usageLimitPerBuyer!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Orders that use the promotion. Null: not counted, as there is no limit.',
  })
  uses!: number | null;
}

export const { ConnectionType: PromotionConnection } = connectionTypes('Promotion', PromotionType);

@ObjectType()
abstract class PromotionPayload {
  @Field(() => PromotionType, { nullable: true, description: 'Null when the change was refused.' })
  promotion?: PromotionType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class PromotionCreatePayload extends PromotionPayload {}

@ObjectType({ simpleResolvers: true })
export class PromotionUpdatePayload extends PromotionPayload {}

@ObjectType({ simpleResolvers: true })
export class PromotionDeletePayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted promotion. Null when the deletion was refused.' })
  deletedId?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
