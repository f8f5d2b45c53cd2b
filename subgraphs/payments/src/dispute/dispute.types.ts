import { connectionTypes, DateTimeScalar, MoneyType, enumOf } from '@souk/kit/graphql';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { PaymentProviderName } from '../account/payment-account.ts';
import { ProviderEnum } from '../provider/payment-provider.types.ts';
import { DISPUTE_STATUSES, type DisputeStatus } from './dispute.ts';

export const DisputeStatusEnum = enumOf(DISPUTE_STATUSES);
registerEnumType(DisputeStatusEnum, {
  name: 'PaymentDisputeStatus',
  description:
    'INQUIRY: the bank of the buyer asks before a dispute. NEEDS_RESPONSE: answer at the provider until `dueAt`. UNDER_REVIEW: the bank decides. WON: the shop keeps the money. LOST: the buyer has it.',
});

@ObjectType('PaymentDispute', {
  simpleResolvers: true,
  description: 'A dispute that a buyer opened at a bank about a payment. Answer it at the provider.',
})
export class PaymentDisputeType {
  @Field(() => ID)
  id!: string;

  @Field(() => ProviderEnum)
  provider!: PaymentProviderName;

  @Field(() => DisputeStatusEnum)
  status!: DisputeStatus;

  @Field(() => MoneyType)
  amount!: MoneyType;

  @Field(() => MoneyType, { description: 'The money that the provider has taken from the shop, and not given back.' })
  withdrawnAmount!: MoneyType;

  @Field(() => String, { description: "The reason in the provider's words, for instance `fraudulent`." })
  reason!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when the shop may answer.' })
  dueAt!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When Souk learned about the dispute.' })
  openedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  closedAt!: Date | null;

  /** The source of the field `payment`. Not a GraphQL field. */
  paymentId!: string;
}

export const { ConnectionType: PaymentDisputeConnection } = connectionTypes('PaymentDispute', PaymentDisputeType);
