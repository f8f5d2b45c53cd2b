import { CurrencyCodeScalar, MoneyType, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PostalAddressType } from '../address/postal-address.types.ts';
import { ShippingMethodType } from '../shipping-method/shipping-method.types.ts';
import { CART_STATUSES, CART_WARNING_CODES, type CartStatus, type CartWarning } from './cart.ts';
import { LineOptionType } from './product-variant.types.ts';

const CartStatusEnum = Object.fromEntries(CART_STATUSES.map((status) => [status, status]));
registerEnumType(CartStatusEnum, {
  name: 'CartStatus',
  description: 'ACTIVE carts change. COMPLETED ones became an order, ABANDONED ones were not touched for 30 days.',
});

@Directive('@key(fields: "id variantId", resolvable: false)')
@ObjectType('CartLine', { simpleResolvers: true, description: 'One variant in a cart.' })
export class CartLineType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  quantity!: number;

  @Directive('@inaccessible')
  @Field(() => ID, { description: 'For the catalog, which shows the variant.' })
  variantId!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => String, { description: 'Of the product.' })
  name!: string;

  @Field(() => String)
  variantName!: string;

  @Field(() => [LineOptionType])
  options!: readonly LineOptionType[];

  @Field(() => MoneyType, {
    description: 'Of one unit when the cart was changed last; it may have more digits than its currency.',
  })
  unitPrice!: MoneyType;

  @Field(() => MoneyType, { description: 'Unit price times quantity, rounded half up.' })
  total!: MoneyType;
}

@ObjectType('CartTotals', {
  simpleResolvers: true,
  description: '`total` is `subtotal` - `discount` + `shipping`. Prices include tax: `tax` is contained in `total`.',
})
export class CartTotalsType {
  @Field(() => MoneyType)
  subtotal!: MoneyType;

  @Field(() => MoneyType)
  discount!: MoneyType;

  @Field(() => MoneyType)
  shipping!: MoneyType;

  @Field(() => MoneyType, { description: 'Of the country of the shipping address; 0 while there is none.' })
  tax!: MoneyType;

  @Field(() => MoneyType)
  total!: MoneyType;
}

const CartWarningCodeEnum = Object.fromEntries(CART_WARNING_CODES.map((code) => [code, code]));
registerEnumType(CartWarningCodeEnum, {
  name: 'CartWarningCode',
  description: 'What is wrong with a line, for programs.',
});

@ObjectType('CartWarning', {
  simpleResolvers: true,
  description: 'What will keep a line from being ordered, unless it changes.',
})
export class CartWarningType {
  @Field(() => CartWarningCodeEnum)
  code!: CartWarning['code'];

  @Field(() => String, { description: 'What is wrong and what to do, for people.' })
  message!: string;

  @Field(() => ID)
  lineId!: string;

  @Field(() => ID)
  variantId!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => Int, { description: 'Units that the line asks for.' })
  requested!: number;

  @Field(() => Int, { description: 'Units that can be sold now.' })
  available!: number;
}

@Directive('@key(fields: "id")')
@ObjectType('Cart', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'What a buyer is about to order. Whoever knows its id may read and change it: treat the id as a secret.',
})
export class CartType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Grows with every change; `expectedVersion` of a mutation is compared with it.' })
  version!: number;

  @Field(() => CartStatusEnum)
  status!: CartStatus;

  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => PostalAddressType, { nullable: true })
  shippingAddress!: PostalAddressType | null;

  @Field(() => PostalAddressType, { nullable: true, description: 'Null: the same as the shipping address.' })
  billingAddress!: PostalAddressType | null;

  @Field(() => [CartLineType], { description: 'At most 200, in the order in which they were added.' })
  lines!: readonly CartLineType[];

  @Field(() => ShippingMethodType, {
    nullable: true,
    description: 'The chosen one. A change after which it is not offered any more takes it away.',
  })
  shippingMethod!: ShippingMethodType | null;

  @Field(() => [ShippingMethodType], {
    description: 'What can be chosen, by country, currency and subtotal; none before the shipping address is set.',
  })
  shippingMethods!: readonly ShippingMethodType[];

  @Field(() => CartTotalsType)
  totals!: CartTotalsType;

  /** Not a GraphQL field: the warnings, when they are already loaded. */
  knownWarnings?: readonly CartWarning[];
}
