import { AuditedFor, AuditedType, connectionTypes, DateTimeScalar } from '@souk/kit/graphql';
import { Field, ID, ObjectType } from 'type-graphql';
import { CheckoutCompletePayload } from '../checkout/checkout.types.ts';
import { OrdersRead } from '../contract.ts';
import { OrderStatusEnum } from '../order/order.types.ts';
import { errors } from '../user-errors.ts';
import type { DraftOrderStatus } from './draft-order.ts';

@AuditedFor(OrdersRead)
@ObjectType('DraftOrder', {
  implements: AuditedType,
  simpleResolvers: true,
  description: 'An order that staff prepare and the buyer pays by a link. Its lines and amounts are those of its cart.',
})
export class DraftOrderType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => OrderStatusEnum, {
    description: 'DRAFT, PLACED when it became an order, EXPIRED when its time ended before.',
  })
  status!: DraftOrderStatus;

  @Field(() => DateTimeScalar)
  expiresAt!: Date;

  @Field(() => String, {
    nullable: true,
    description:
      "The page of the web app for buyers on which the buyer pays: a path with the cart's id in its fragment, which no server sees. Keep it secret. Null unless the draft is open.",
  })
  paymentPath!: string | null;

  /** The source of the field `cart`. Not a GraphQL field. */
  cartId!: string;

  /** The source of the field `order`. Not a GraphQL field. */
  orderId!: string | null;
}

export const { ConnectionType: DraftOrderConnection } = connectionTypes('DraftOrder', DraftOrderType);

@ObjectType()
abstract class DraftOrderPayload {
  @Field(() => DraftOrderType, { nullable: true, description: 'Null when the mutation was refused.' })
  draftOrder?: DraftOrderType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class DraftOrderCreatePayload extends DraftOrderPayload {}

@ObjectType({ simpleResolvers: true })
export class DraftOrderUpdatePayload extends DraftOrderPayload {}

@ObjectType({ simpleResolvers: true })
export class DraftOrderLinesSetPayload extends DraftOrderPayload {}

@ObjectType({ simpleResolvers: true })
export class DraftOrderDeletePayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted draft. Null when the deletion was refused.' })
  deletedId?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class DraftOrderCompletePayload extends CheckoutCompletePayload {}
