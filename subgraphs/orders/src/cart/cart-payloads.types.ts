import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { CART_WARNING_CODES, type CartWarning } from './cart.ts';
import { CartType } from './cart.types.ts';

@ObjectType()
abstract class CartPayload {
  @Field(() => CartType, { nullable: true, description: 'Null when the change was refused.' })
  cart?: CartType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
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
class CartWarningType {
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

@ObjectType()
abstract class CartLinesPayload extends CartPayload {
  @Field(() => [CartWarningType], {
    nullable: true,
    description:
      'At most one for each line of the cart: it asks for more than can be sold now. Null when the change was refused.',
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
