import {
  AuditedFor,
  AuditedType,
  connectionTypes,
  DateTimeScalar,
  ForScope,
  MoneyType,
  NodeType,
  enumOf,
} from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { PaymentsRead } from '../contract.ts';
import { ProviderEnum } from '../provider/payment-provider.types.ts';
import { STEP_KINDS, type Payment, type StepKind, type Transaction } from './payment.ts';
import { PAYMENT_STATUSES, type PaymentStatus } from './payment.machine.ts';

export const PaymentStatusEnum = enumOf(PAYMENT_STATUSES);
const TransactionKindEnum = enumOf(STEP_KINDS);
const TransactionStatusEnum = enumOf(['SUCCEEDED', 'FAILED']);
registerEnumType(PaymentStatusEnum, {
  name: 'PaymentStatus',
  description: 'PENDING until the provider has answered. A partial capture counts as CAPTURED.',
});
registerEnumType(TransactionKindEnum, { name: 'PaymentTransactionKind' });
registerEnumType(TransactionStatusEnum, { name: 'PaymentTransactionStatus' });

@ObjectType('PaymentTransaction', {
  simpleResolvers: true,
  description: 'One step at the provider, with its answer. Never changed.',
})
export class PaymentTransactionType {
  @Field(() => ID)
  id!: string;

  @Field(() => TransactionKindEnum)
  kind!: StepKind;

  @Field(() => TransactionStatusEnum)
  status!: Transaction['status'];

  @Field(() => MoneyType)
  amount!: MoneyType;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => String, {
    nullable: true,
    description: "The provider's reason for a decline, for instance `card_declined`.",
  })
  declineCode!: string | null;

  @ForScope(PaymentsRead)
  @Field(() => String, { nullable: true, description: 'The reason that staff gave for the refund.' })
  reason!: string | null;
}

/** A stub of the entity `Order` of the orders subgraph. This subgraph adds the field `payments`. */
@Directive('@key(fields: "id")')
@ObjectType('Order', { simpleResolvers: true })
export class OrderStub {
  @Field(() => ID)
  id!: string;
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "id orderId", resolvable: false)')
@AuditedFor(PaymentsRead)
@ObjectType('Payment', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description:
    'The payment of an order: an amount that is held on a payment method, then captured, released or refunded.',
})
export class PaymentType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => ID, { description: 'Id of the order. The order exists once it is placed.' })
  orderId!: string;

  @Field(() => ProviderEnum)
  provider!: Payment['provider'];

  @Field(() => PaymentStatusEnum)
  status!: PaymentStatus;

  @Field(() => MoneyType, { description: 'The amount that the order requested.' })
  amount!: MoneyType;

  @Field(() => MoneyType, {
    description: 'The amount that the provider agreed to hold. Unchanged when the payment is voided.',
  })
  authorizedAmount!: MoneyType;

  @Field(() => MoneyType)
  capturedAmount!: MoneyType;

  @Field(() => MoneyType)
  refundedAmount!: MoneyType;

  @Field(() => MoneyType, { description: 'The money that disputes have withdrawn, and that was not given back.' })
  disputedAmount!: MoneyType;

  @Field(() => String, { nullable: true, description: 'The reason for the decline of the authorization.' })
  declineCode!: string | null;
}

export const { ConnectionType: PaymentConnection } = connectionTypes('Payment', PaymentType);
