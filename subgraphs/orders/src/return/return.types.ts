import {
  AuditedFor,
  AuditedType,
  connectionTypes,
  DateTimeScalar,
  ForScope,
  MoneyType,
  NodeType,
  PageArgs,
  enumOf,
} from '@souk/kit/graphql';
import { ArgsType, Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { OrdersRead } from '../contract.ts';
import { TaxedMoneyType, TaxLineType } from '../tax/tax-line.types.ts';
import { errors } from '../user-errors.ts';
import { RETURN_STATUSES, type ReturnStatus } from './return.machine.ts';
import { RETURN_REASONS, type ReturnReason } from './return.ts';

const ReturnStatusEnum = enumOf(RETURN_STATUSES);
registerEnumType(ReturnStatusEnum, {
  name: 'ReturnStatus',
  description:
    'REQUESTED: the shop decides. APPROVED: the buyer sends the units. RECEIVED: the shop has the units. REJECTED and CANCELED are final.',
});
export const ReturnReasonEnum = enumOf(RETURN_REASONS);
registerEnumType(ReturnReasonEnum, { name: 'ReturnReason', description: 'Why units come back.' });

@ObjectType('ReturnLine', { simpleResolvers: true, description: 'Units of an order line in a return.' })
export class ReturnLineType {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  orderLineId!: string;

  @Field(() => Int, { description: 'Units that the return announces.' })
  quantity!: number;

  @Field(() => Int, { description: 'Units that arrived.' })
  receivedQuantity!: number;

  @Field(() => Int, { description: 'Received units that can be sold again.' })
  restockedQuantity!: number;

  @Field(() => ReturnReasonEnum)
  reason!: ReturnReason;

  @Field(() => String, { nullable: true })
  note!: string | null;
}

@ObjectType('ReturnRefund', { simpleResolvers: true, description: 'The refund of received units.' })
export class ReturnRefundType {
  @Field(() => MoneyType)
  amount!: MoneyType;

  @Field(() => TaxedMoneyType, {
    nullable: true,
    description: '`amount` with its tax. Null for returns from before taxes of refunds were recorded.',
  })
  total!: TaxedMoneyType | null;

  @Field(() => [TaxLineType], {
    description:
      'The tax of the refund by rate. At most 400. Empty for returns from before taxes of refunds were recorded.',
  })
  taxLines!: readonly TaxLineType[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Null while the stock and the money are being given back, usually moments.',
  })
  settledAt!: Date | null;
}

@Directive('@key(fields: "id")')
@AuditedFor(OrdersRead)
@ObjectType('Return', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description: 'Sent units of an order that a buyer gives back.',
})
export class ReturnType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The number of the order, "-R" and a count: "100001-R1".' })
  number!: string;

  @Field(() => ReturnStatusEnum)
  status!: ReturnStatus;

  @Field(() => [ReturnLineType], { description: 'At most 200.' })
  lines!: readonly ReturnLineType[];

  @Field(() => String, { nullable: true, description: 'A text of the buyer.' })
  note!: string | null;

  @Field(() => String, { nullable: true, description: 'Why the shop rejected the return.' })
  rejectionReason!: string | null;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  receivedAt!: Date | null;

  @Field(() => ReturnRefundType, { nullable: true, description: 'Null until the units are received.' })
  refund!: ReturnRefundType | null;

  /** The source of the field `order`. Not a GraphQL field. */
  orderId!: string;
}

export const { ConnectionType: ReturnConnection } = connectionTypes('Return', ReturnType);

@InputType({ description: 'The filter of a list of returns. All conditions must hold.' })
export class ReturnFilterInput {
  @Field(() => ReturnStatusEnum, { nullable: true })
  status?: ReturnStatus | null;

  @Field(() => ID, { nullable: true })
  orderId?: string | null;
}

@ArgsType()
export class ReturnsArgs extends PageArgs {
  @Field(() => ReturnFilterInput, { nullable: true })
  filter?: ReturnFilterInput | null;
}

@ObjectType()
abstract class ReturnPayload {
  @Field(() => ReturnType, { nullable: true, description: 'Null when the mutation was refused.' })
  return?: ReturnType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class ReturnRequestPayload extends ReturnPayload {}

@ObjectType({ simpleResolvers: true })
export class ReturnApprovePayload extends ReturnPayload {}

@ObjectType({ simpleResolvers: true })
export class ReturnRejectPayload extends ReturnPayload {}

@ObjectType({ simpleResolvers: true })
export class ReturnCancelPayload extends ReturnPayload {}

@ObjectType({ simpleResolvers: true })
export class ReturnReceivePayload extends ReturnPayload {}

@ObjectType('ReturnPolicy', { simpleResolvers: true, description: 'The terms on which a shop takes units back.' })
export class ReturnPolicyType {
  @Field(() => Int, {
    description: 'Days after delivery in which buyers may request a return. 0: on the day of delivery.',
  })
  windowDays!: number;

  @ForScope(OrdersRead)
  @Field(() => Int, { nullable: true, description: 'For `expectedVersion`. 0: the shop uses the default.' })
  version!: number | null;
}

@ObjectType({ simpleResolvers: true })
export class ReturnPolicySetPayload {
  @Field(() => ReturnPolicyType, { nullable: true, description: 'Null when the mutation was refused.' })
  returnPolicy?: ReturnPolicyType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
