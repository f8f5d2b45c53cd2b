import {
  AuditedFor,
  AuditedType,
  connectionTypes,
  DateTimeScalar,
  ForScope,
  MoneyType,
  NodeType,
} from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { PAYMENT_PROVIDERS, PaymentsRead } from '../contract.ts';
import { STEP_KINDS, type Payment, type StepKind, type Transaction } from './payment.ts';
import { PAYMENT_STATUSES, type PaymentStatus } from './payment.machine.ts';

const enumOf = <Value extends string>(values: readonly Value[]) =>
  Object.fromEntries(values.map((value) => [value, value]));

const ProviderEnum = enumOf(PAYMENT_PROVIDERS);
export const PaymentStatusEnum = enumOf(PAYMENT_STATUSES);
const TransactionKindEnum = enumOf(STEP_KINDS);
const TransactionStatusEnum = enumOf(['SUCCEEDED', 'FAILED']);
registerEnumType(ProviderEnum, { name: 'PaymentProvider', description: 'Who moves the money. TEST moves none.' });
registerEnumType(PaymentStatusEnum, {
  name: 'PaymentStatus',
  description: 'PENDING until the provider has answered; a part captured counts as CAPTURED.',
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

  @Field(() => String, { nullable: true, description: 'Why the provider refused, for instance `card_declined`.' })
  declineCode!: string | null;

  @ForScope(PaymentsRead)
  @Field(() => String, { nullable: true, description: 'Why staff gave the money back.' })
  reason!: string | null;
}

/** Stub of the orders subgraph's order, to which this subgraph adds payments. */
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
  description: 'What an order is paid with: an amount held on a means of payment, then taken, released or given back.',
})
export class PaymentType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => ID, { description: 'For orders, which shows the order once it is placed.' })
  orderId!: string;

  @Field(() => ProviderEnum)
  provider!: Payment['provider'];

  @Field(() => PaymentStatusEnum)
  status!: PaymentStatus;

  @Field(() => MoneyType, { description: 'What the order asked for.' })
  amount!: MoneyType;

  @Field(() => MoneyType, { description: 'What the provider agreed to hold. Stays when the payment is voided.' })
  authorizedAmount!: MoneyType;

  @Field(() => MoneyType)
  capturedAmount!: MoneyType;

  @Field(() => MoneyType)
  refundedAmount!: MoneyType;

  @Field(() => String, { nullable: true, description: 'Why the authorization was refused.' })
  declineCode!: string | null;
}

export const { ConnectionType: PaymentConnection } = connectionTypes('Payment', PaymentType);
