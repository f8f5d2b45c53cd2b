import {
  AuditedFor,
  AuditedType,
  connectionTypes,
  DateTimeScalar,
  enumOf,
  IdempotentInput,
  ListField,
  MoneyType,
  NestedField,
  PageArgs,
} from '@souk/kit/graphql';
import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { PaymentProviderName } from '../account/payment-account.ts';
import { PAYMENT_PROVIDERS, PaymentsRead } from '../contract.ts';
import { ProviderEnum } from '../provider/payment-provider.types.ts';
import { UserError } from '../user-errors.ts';
import { DIFFERENCE_KINDS, type DifferenceKind } from './difference.ts';
import { RECONCILIATION_STATUSES, type ReconciliationStatus } from './reconciliation.ts';

const StatusEnum = enumOf(RECONCILIATION_STATUSES);
registerEnumType(StatusEnum, {
  name: 'ReconciliationStatus',
  description: 'QUEUED: it runs soon, or again after a problem. FAILED: the provider did not answer five times.',
});
const KindEnum = enumOf(DIFFERENCE_KINDS);
registerEnumType(KindEnum, {
  name: 'ReconciliationDifferenceKind',
  description:
    'CHARGE_MISSING_IN_LEDGER: the provider took money that the ledger does not have. REFUND_FAILED: the ledger has a refund that failed at the provider later.',
});

@ObjectType('ReconciliationDifference', {
  simpleResolvers: true,
  description: 'A difference between the provider and the ledger.',
})
export class ReconciliationDifferenceType {
  @Field(() => ID)
  id!: string;

  @Field(() => KindEnum)
  kind!: DifferenceKind;

  @Field(() => ID, { nullable: true, description: 'Id of the payment. The ledger may not have it.' })
  paymentId!: string | null;

  @Field(() => String, { description: "The provider's reference." })
  reference!: string;

  @Field(() => MoneyType, { nullable: true, description: 'The amount in the ledger. Null: there is none.' })
  ledgerAmount!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'The amount at the provider. Null: there is none.' })
  providerAmount!: MoneyType | null;

  @Field(() => Boolean, {
    description: 'Whether the ledger has taken over what the provider did. False: staff decide.',
  })
  isRepaired!: boolean;

  @Field(() => DateTimeScalar)
  foundAt!: Date;
}

@AuditedFor(PaymentsRead)
@ObjectType('Reconciliation', {
  implements: [AuditedType],
  simpleResolvers: true,
  description: 'A comparison of the ledger of payments with a provider.',
})
export class ReconciliationType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => ProviderEnum)
  provider!: PaymentProviderName;

  @Field(() => DateTimeScalar)
  from!: Date;

  @Field(() => DateTimeScalar, { description: 'Not included.' })
  to!: Date;

  @Field(() => StatusEnum)
  status!: ReconciliationStatus;

  @Field(() => Int, { description: 'The number of compared charges of the provider.' })
  chargeCount!: number;

  @Field(() => Int, { description: 'The number of compared refunds of the provider.' })
  refundCount!: number;

  @Field(() => Int)
  differenceCount!: number;

  @Field(() => Int)
  repairedCount!: number;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed.' })
  problem!: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  endedAt!: Date | null;
}

export const { ConnectionType: ReconciliationConnection } = connectionTypes('Reconciliation', ReconciliationType);

@InputType()
export class ReconciliationFilterInput {
  @ListField(() => ProviderEnum, { nullable: true, max: PAYMENT_PROVIDERS.length })
  provider?: PaymentProviderName[] | null;

  @ListField(() => StatusEnum, { nullable: true, max: RECONCILIATION_STATUSES.length })
  status?: ReconciliationStatus[] | null;
}

@ArgsType()
export class ReconciliationsArgs extends PageArgs {
  @NestedField(() => ReconciliationFilterInput, { nullable: true })
  filter?: ReconciliationFilterInput | null;
}

@InputType()
export class ReconciliationStartInput extends IdempotentInput {
  @Field(() => ProviderEnum)
  provider!: PaymentProviderName;

  @Field(() => DateTimeScalar)
  from!: Date;

  @Field(() => DateTimeScalar, {
    description: 'Not included. At most 31 days after `from`. The last 15 minutes are left to the next reconciliation.',
  })
  to!: Date;
}

@ObjectType({ simpleResolvers: true })
export class ReconciliationStartPayload {
  @Field(() => ReconciliationType, { nullable: true })
  reconciliation?: Promise<ReconciliationType | null> | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}
