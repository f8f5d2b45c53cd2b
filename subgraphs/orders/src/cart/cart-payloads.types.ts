import { enumOf } from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import type { CartWarning } from './cart.ts';
import { CartType, CartWarningType } from './cart.types.ts';

@ObjectType()
abstract class CartPayload {
  @Field(() => CartType, { nullable: true, description: 'Null when the change was refused.' })
  cart?: CartType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType()
abstract class CartLinesPayload extends CartPayload {
  @Field(() => [CartWarningType], {
    nullable: true,
    description: 'The `warnings` of the cart. Null when the change was refused.',
  })
  warnings?: readonly CartWarning[] | null;
}

@ObjectType({ simpleResolvers: true })
export class CartCreatePayload extends CartLinesPayload {}

@ObjectType({ simpleResolvers: true })
export class CartLinesAddPayload extends CartLinesPayload {}

@ObjectType({ simpleResolvers: true })
export class CartLinesUpdatePayload extends CartLinesPayload {}

@ObjectType({ simpleResolvers: true })
export class CartLinesRemovePayload extends CartLinesPayload {}

@ObjectType({ simpleResolvers: true })
export class CartAddressSetPayload extends CartPayload {}

@ObjectType({ simpleResolvers: true })
export class CartShippingMethodSetPayload extends CartPayload {}

@ObjectType({ simpleResolvers: true })
export class CartDiscountCodesSetPayload extends CartPayload {}

@ObjectType({ simpleResolvers: true })
export class CartRemarksSetPayload extends CartPayload {}

@ObjectType({ simpleResolvers: true })
export class CartTaxIdSetPayload extends CartPayload {}

const CartLeftLineCodeEnum = enumOf(['VARIANT_NOT_FOUND', 'PRICE_MISSING', 'QUANTITY_INVALID', 'CART_LIMIT_REACHED']);
registerEnumType(CartLeftLineCodeEnum, {
  name: 'CartLeftLineCode',
  description: 'The reason why a line does not fit the cart of a customer, for programs.',
});

@ObjectType('CartLeftLine', {
  simpleResolvers: true,
  description: 'A line that does not fit the cart of the customer, and stays in its own cart.',
})
export class CartLeftLineType {
  @Field(() => CartLeftLineCodeEnum)
  code!: string;

  @Field(() => String, { description: 'The problem and the remedy, for people.' })
  message!: string;

  @Field(() => ID)
  variantId!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => String, { description: 'Name of the product.' })
  name!: string;

  @Field(() => Int)
  quantity!: number;
}

@ObjectType({ simpleResolvers: true })
export class CartMergePayload extends CartLinesPayload {
  @Field(() => [CartLeftLineType], {
    nullable: true,
    description:
      'The lines that do not fit, at most 200. They stay in the named cart. Null when the merge was refused.',
  })
  leftLines?: readonly CartLeftLineType[] | null;
}
