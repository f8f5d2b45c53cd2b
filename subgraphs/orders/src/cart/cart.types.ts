import {
  CurrencyCodeScalar,
  DateTimeScalar,
  DecimalScalar,
  MoneyType,
  NodeType,
  enumOf,
  PostalAddressType,
} from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { CustomAttribute } from '../custom-attribute/custom-attribute.ts';
import { CustomAttributeType } from '../custom-attribute/custom-attribute.types.ts';
import { ShippingMethodType } from '../shipping-method/shipping-method.types.ts';
import { CART_STATUSES, CART_WARNING_CODES, type CartStatus, type CartWarning } from './cart.ts';
import { CartDiscountCodeType, DiscountType } from '../promotion/promotion.types.ts';
import { TaxedMoneyType, TaxLineType } from '../tax/tax-line.types.ts';
import { ChannelStub } from './channel.types.ts';
import { LineOptionType } from './product-variant.types.ts';

const CartStatusEnum = enumOf(CART_STATUSES);
registerEnumType(CartStatusEnum, {
  name: 'CartStatus',
  description:
    'ACTIVE carts can change. COMPLETED carts became an order. ABANDONED carts were not changed for 30 days. The lines of MERGED carts were moved to the cart of a customer.',
});

@ObjectType('StaffPrice', {
  simpleResolvers: true,
  description: 'A price of one unit that differs from the price of the catalog. Either a price or a discount.',
})
export class StaffPriceType {
  @Field(() => MoneyType, { nullable: true })
  unitPrice!: MoneyType | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'In percent, off the price of the catalog: "10.00".' })
  discountPercent!: string | null;

  @Field(() => String, { description: 'Why the price differs.' })
  reason!: string;
}

@Directive('@key(fields: "id variantId", resolvable: false)')
@ObjectType('CartLine', { simpleResolvers: true, description: 'One variant in a cart.' })
export class CartLineType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  quantity!: number;

  @Directive('@inaccessible')
  @Field(() => ID, { description: 'Id of the variant in the catalog.' })
  variantId!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => String, { description: 'Name of the product.' })
  name!: string;

  @Field(() => String)
  variantName!: string;

  @Field(() => [LineOptionType])
  options!: readonly LineOptionType[];

  @Field(() => MoneyType, {
    description: 'Price of one unit at the last change of the cart. It may have more decimal places than its currency.',
  })
  unitPrice!: MoneyType;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether `unitPrice` and `total` include the tax. Null: as the shop's prices do.",
  })
  priceIncludesTax!: boolean | null;

  @Field(() => MoneyType, { description: 'Unit price times quantity, rounded half up.' })
  total!: MoneyType;

  @Field(() => [DiscountType], {
    description: 'The part of each promotion in the line. `total` does not subtract them.',
  })
  discounts!: readonly DiscountType[];

  @Field(() => Boolean, {
    description:
      'Whether a promotion added the line for free. Such a line cannot be changed, and disappears when the promotion no longer applies or the gift is sold out.',
  })
  isGift!: boolean;

  @Field(() => StaffPriceType, {
    nullable: true,
    description: 'The price that the shop agreed on with the buyer, in a draft order. `unitPrice` contains it.',
  })
  staffPrice!: StaffPriceType | null;

  @Field(() => TaxedMoneyType, { description: '`total` after `discounts`, with its tax.' })
  taxedTotal!: TaxedMoneyType;

  @Field(() => [TaxLineType], { description: 'The tax of the line by rate. At most 200.' })
  taxLines!: readonly TaxLineType[];
}

@ObjectType('CartTotals', {
  simpleResolvers: true,
  description: '`total` is `subtotal` - `discount` + `shipping` + `taxAdjustment`, and contains `tax`.',
})
export class CartTotalsType {
  @Field(() => MoneyType)
  subtotal!: MoneyType;

  @Field(() => MoneyType)
  discount!: MoneyType;

  @Field(() => MoneyType)
  shipping!: MoneyType;

  @Field(() => MoneyType, {
    description: "The tax of the shipping address's country. 0 while the cart has no address.",
  })
  tax!: MoneyType;

  @Field(() => MoneyType, {
    description:
      'What taxes change beside the prices: `tax` when prices exclude the tax, minus the contained tax when the buyer accounts for it, otherwise 0.',
  })
  taxAdjustment!: MoneyType;

  @Field(() => MoneyType)
  total!: MoneyType;

  @Field(() => TaxedMoneyType, { description: 'The shipping with its tax, at the rates of the goods.' })
  taxedShipping!: TaxedMoneyType;

  @Field(() => TaxedMoneyType)
  taxedTotal!: TaxedMoneyType;
}

const CartWarningCodeEnum = enumOf(CART_WARNING_CODES);
registerEnumType(CartWarningCodeEnum, {
  name: 'CartWarningCode',
  description: 'The problem of a line, for programs.',
});

@ObjectType('CartWarning', {
  simpleResolvers: true,
  description:
    'A line with more units than can be sold now. `INSUFFICIENT_STOCK`: the checkout will refuse it. `BACKORDERED`: the missing units will wait for stock.',
})
export class CartWarningType {
  @Field(() => CartWarningCodeEnum)
  code!: CartWarning['code'];

  @Field(() => String, { description: 'The problem and the remedy, for people.' })
  message!: string;

  @Field(() => ID)
  lineId!: string;

  @Field(() => ID)
  variantId!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => Int, { description: 'Units in the line.' })
  requested!: number;

  @Field(() => Int, { description: 'Units that can be sold now.' })
  available!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time at which stock is expected. Null: unknown.' })
  expectedAt!: Date | null;
}

@Directive('@key(fields: "id")')
@ObjectType('Cart', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'The lines that a buyer is about to order. Every caller that knows the id may read and change the cart: treat the id as a secret.',
})
export class CartType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Increases with every change. Mutations compare their `expectedVersion` with it.' })
  version!: number;

  @Field(() => CartStatusEnum)
  status!: CartStatus;

  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => ChannelStub, {
    nullable: true,
    description:
      'The sales channel in which the cart was made. It decides prices and promotions, and never changes. Null: the shop had no channels.',
  })
  channel!: ChannelStub | null;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => PostalAddressType, { nullable: true })
  shippingAddress!: PostalAddressType | null;

  @Field(() => PostalAddressType, { nullable: true, description: 'Null: the same as the shipping address.' })
  billingAddress!: PostalAddressType | null;

  @Field(() => [CartLineType], {
    description: 'At most 200, in the order in which they were added, and then at most 20 gifts.',
  })
  lines!: readonly CartLineType[];

  @Field(() => ShippingMethodType, {
    nullable: true,
    description: 'The chosen method. A change that makes it unavailable removes it.',
  })
  shippingMethod!: ShippingMethodType | null;

  @Field(() => [ShippingMethodType], {
    description:
      'The methods that can be chosen, by address, currency, value and weight. Empty before the shipping address is set.',
  })
  shippingMethods!: readonly ShippingMethodType[];

  @Field(() => [CartDiscountCodeType], { description: 'The codes that the buyer entered. At most 10.' })
  discountCodes!: readonly CartDiscountCodeType[];

  @Field(() => [DiscountType], {
    description: 'The promotions that apply, in this order. At most 110. Their amounts add up to `totals.discount`.',
  })
  discounts!: readonly DiscountType[];

  @Field(() => String, { nullable: true, description: 'VAT id of the buyer.' })
  taxId!: string | null;

  @Field(() => [TaxLineType], {
    description: 'The tax of lines and shipping by rate. At most 400. Their amounts add up to `totals.tax`.',
  })
  taxLines!: readonly TaxLineType[];

  @Field(() => String, { nullable: true, description: 'A text of the buyer for the shop. The order gets it.' })
  buyerNote!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The number under which the buyer's company books the purchase. The order gets it.",
  })
  purchaseOrderNumber!: string | null;

  @Field(() => [CustomAttributeType], { description: 'At most 20. The order gets them.' })
  attributes!: readonly CustomAttribute[];

  @Field(() => Boolean, {
    description: 'Whether the shop prepared the cart as a draft order. Its buyer changes neither lines nor codes.',
  })
  isDraft!: boolean;

  @Field(() => CartTotalsType)
  totals!: CartTotalsType;

  /** The stock warnings, when they are already loaded. This is not a GraphQL field. */
  knownWarnings?: readonly CartWarning[];
}
