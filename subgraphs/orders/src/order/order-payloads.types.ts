import { Field, ObjectType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { OrderType } from './order.types.ts';

@ObjectType({ simpleResolvers: true })
export class OrderCancelPayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when the mutation was refused.' })
  order?: OrderType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class OrderLinesCancelPayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when the mutation was refused.' })
  order?: OrderType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class OrderLookUpPayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when the mutation was refused.' })
  order?: OrderType | null;

  @Field(() => String, {
    nullable: true,
    description: 'Opens the order for its buyer: `order(id:, accessToken:)`. Keep it secret.',
  })
  orderAccessToken?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class OrderAccessTokenCreatePayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when the mutation was refused.' })
  order?: OrderType | null;

  @Field(() => String, { nullable: true, description: 'For the buyer. Null when the mutation was refused.' })
  orderAccessToken?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
