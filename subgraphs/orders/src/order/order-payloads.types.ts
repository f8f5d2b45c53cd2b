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
