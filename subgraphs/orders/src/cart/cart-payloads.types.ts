import { Field, ObjectType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { CartType } from './cart.types.ts';

@ObjectType()
abstract class CartPayload {
  @Field(() => CartType, { nullable: true, description: 'Null when the change was refused.' })
  cart?: CartType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class CartCreatePayload extends CartPayload {}

@ObjectType({ simpleResolvers: true })
export class CartLinesAddPayload extends CartPayload {}

@ObjectType({ simpleResolvers: true })
export class CartLinesUpdatePayload extends CartPayload {}

@ObjectType({ simpleResolvers: true })
export class CartLinesRemovePayload extends CartPayload {}

@ObjectType({ simpleResolvers: true })
export class CartAddressSetPayload extends CartPayload {}

@ObjectType({ simpleResolvers: true })
export class CartShippingMethodSetPayload extends CartPayload {}
