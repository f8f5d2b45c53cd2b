import { Field, ObjectType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { OrderType } from './order.types.ts';

@ObjectType({ simpleResolvers: true })
export class OrderCancelPayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when it was refused.' })
  order?: OrderType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class OrderLinesCancelPayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when it was refused.' })
  order?: OrderType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class OrderLookUpPayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when it was refused.' })
  order?: OrderType | null;

  @Field(() => String, {
    nullable: true,
    description: 'Opens the order to its buyer: `order(id:, accessToken:)`. As secret as the order is private.',
  })
  orderAccessToken?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class OrderAccessTokenCreatePayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when it was refused.' })
  order?: OrderType | null;

  @Field(() => String, { nullable: true, description: 'For the buyer. Null when it was refused.' })
  orderAccessToken?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
