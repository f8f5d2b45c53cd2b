import {
  CurrencyCodeScalar,
  IdempotentInput,
  IdField,
  IdListField,
  IntField,
  NestedListField,
  NestedField,
  TextField,
  TextListField,
} from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { PostalAddressInput } from '../address/postal-address.types.ts';
import {
  AttributesField,
  PurchaseOrderNumberField,
  type CustomAttributeInput,
} from '../custom-attribute/custom-attribute.inputs.ts';
import { MAX_CODE_LENGTH, MAX_DISCOUNT_CODES } from '../promotion/discount-code.ts';
import { MAX_CART_LINES, MAX_LINE_QUANTITY } from './cart.errors.ts';

/** The highest version that a GraphQL Int can represent. */
export const MAX_VERSION = 2 ** 31 - 1;
const MAX_BUYER_NOTE = 1000;

@InputType({ description: 'A variant and the number of units.' })
export class CartLineInput {
  @IdField()
  variantId!: string;

  @IntField({ min: 1, max: MAX_LINE_QUANTITY, description: '1 to 10,000.' })
  quantity!: number;
}

@InputType({ description: 'A line and its new quantity.' })
export class CartLineUpdateInput {
  @IdField()
  lineId!: string;

  @IntField({ min: 0, max: MAX_LINE_QUANTITY, description: '0 removes the line.' })
  quantity!: number;
}

@InputType()
export class CartCreateInput extends IdempotentInput {
  @NestedListField(() => CartLineInput, { nullable: true, max: MAX_CART_LINES })
  lines?: CartLineInput[] | null;

  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'Default: the currency of the shop.' })
  currencyCode?: string | null;
}

@InputType()
abstract class CartChangeInput extends IdempotentInput {
  @IdField()
  cartId!: string;

  @IntField({
    min: 1,
    max: MAX_VERSION,
    nullable: true,
    description: 'The change is refused when the cart has another version.',
  })
  expectedVersion?: number | null;
}

@InputType()
export class CartLinesAddInput extends CartChangeInput {
  @NestedListField(() => CartLineInput, {
    max: MAX_CART_LINES,
    description: 'Units of a variant that is already in the cart are added to its line.',
  })
  lines!: CartLineInput[];
}

@InputType()
export class CartLinesUpdateInput extends CartChangeInput {
  @NestedListField(() => CartLineUpdateInput, { max: MAX_CART_LINES })
  lines!: CartLineUpdateInput[];
}

@InputType()
export class CartLinesRemoveInput extends CartChangeInput {
  @IdListField({ max: MAX_CART_LINES })
  lineIds!: string[];
}

@InputType()
export class CartAddressSetInput extends CartChangeInput {
  @TextField({ max: 254, description: 'Address for the confirmation of the order.' })
  email!: string;

  @NestedField(() => PostalAddressInput)
  shippingAddress!: PostalAddressInput;

  @NestedField(() => PostalAddressInput, { nullable: true, description: 'Default: the shipping address.' })
  billingAddress?: PostalAddressInput | null;
}

@InputType()
export class CartShippingMethodSetInput extends CartChangeInput {
  @IdField({ description: "One of the cart's `shippingMethods`." })
  shippingMethodId!: string;
}

@InputType()
export class CartTaxIdSetInput extends CartChangeInput {
  @TextField({
    max: 30,
    nullable: true,
    description:
      'VAT id of the buyer in the EU, with its prefix, in any case, with or without spaces. Null removes the VAT id.',
  })
  taxId?: string | null;
}

@InputType()
export class CartRemarksSetInput extends CartChangeInput {
  @TextField({
    max: MAX_BUYER_NOTE,
    nullable: true,
    description: 'A text for the shop. Default: unchanged. Null removes it.',
  })
  buyerNote?: string | null;

  @PurchaseOrderNumberField()
  purchaseOrderNumber?: string | null;

  @AttributesField()
  attributes?: CustomAttributeInput[] | null;
}

@InputType()
export class CartDiscountCodesSetInput extends CartChangeInput {
  @TextListField({
    max: MAX_DISCOUNT_CODES,
    description: `Replaces the codes of the cart, in any case. An empty list removes all. A code has at most ${MAX_CODE_LENGTH} characters.`,
  })
  codes!: string[];
}
