import { Field, ObjectType } from 'type-graphql';
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
