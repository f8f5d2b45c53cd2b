import { DateTimeScalar, ForScope } from '@souk/kit/graphql';
import { Field, ID, ObjectType } from 'type-graphql';
import { OrdersRead } from '../contract.ts';
import { OrderType } from '../order/order.types.ts';
import { errors } from '../user-errors.ts';

@ObjectType('OrderNote', { simpleResolvers: true, description: 'A note of staff about an order. Buyers never see it.' })
export class OrderNoteType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  text!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @ForScope(OrdersRead)
  @Field(() => ID, { nullable: true, description: 'The user who wrote the note. Null: the platform.' })
  createdBy!: string | null;
}

@ObjectType({ simpleResolvers: true })
export class OrderUpdatePayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when the mutation was refused.' })
  order?: OrderType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class OrderNoteAddPayload {
  @Field(() => OrderType, { nullable: true, description: 'Null when the mutation was refused.' })
  order?: OrderType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class OrderNoteDeletePayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted note. Null when the deletion was refused.' })
  deletedId?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
