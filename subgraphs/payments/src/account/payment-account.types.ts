import {
  CurrencyCodeScalar,
  DecimalScalar,
  IdempotentInput,
  IntField,
  MoneyType,
  NestedListField,
  TextField,
  enumOf,
} from '@souk/kit/graphql';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ProviderEnum } from '../provider/payment-provider.types.ts';
import { UserError } from '../user-errors.ts';
import { CAPTURE_METHODS, type CaptureMethod, type PaymentProviderName } from './payment-account.ts';

const CaptureMethodEnum = enumOf(CAPTURE_METHODS);
registerEnumType(CaptureMethodEnum, {
  name: 'PaymentCaptureMethod',
  description:
    'MANUAL: the provider holds the money until the order is confirmed or staff capture it. AUTOMATIC: the provider takes the money with the authorization, and an order that is not placed is refunded.',
});

@ObjectType('PaymentAccountLimit', {
  simpleResolvers: true,
  description: 'The amounts of a currency that a provider is offered for.',
})
export class PaymentAccountLimitType {
  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => MoneyType)
  minimum!: MoneyType;

  @Field(() => MoneyType, { nullable: true })
  maximum!: MoneyType | null;
}

@ObjectType('PaymentAccount', {
  simpleResolvers: true,
  description: "The shop's account at a payment provider. Its keys are a secret of the installation.",
})
export class PaymentAccountType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => ProviderEnum)
  provider!: PaymentProviderName;

  @Field(() => Boolean, { description: 'Whether buyers can pay by it.' })
  enabled!: boolean;

  @Field(() => String, { nullable: true, description: "The name of the installation's secret with the keys." })
  secretName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The public key for the provider's library in the buyer's browser.",
  })
  publishableKey!: string | null;

  @Field(() => CaptureMethodEnum)
  captureMethod!: CaptureMethod;

  @Field(() => [PaymentAccountLimitType], { description: 'At most 50. Empty: every currency and amount.' })
  limits!: readonly PaymentAccountLimitType[];
}

@InputType()
export class PaymentAccountLimitInput {
  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'Default: 0.' })
  minimum?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Default: no maximum.' })
  maximum?: string | null;
}

@InputType()
export class PaymentAccountSetInput extends IdempotentInput {
  @Field(() => ProviderEnum)
  provider!: PaymentProviderName;

  @Field(() => Boolean, { description: 'Whether buyers can pay by it.' })
  enabled!: boolean;

  @TextField({
    nullable: true,
    max: 100,
    description: "The name of the installation's secret with the keys. Every provider but TEST needs one.",
  })
  secretName?: string | null;

  @TextField({ nullable: true, description: "The public key for the provider's library in the buyer's browser." })
  publishableKey?: string | null;

  @Field(() => CaptureMethodEnum)
  captureMethod!: CaptureMethod;

  @NestedListField(() => PaymentAccountLimitInput, {
    max: 50,
    nullable: true,
    description: 'The currencies and amounts that the provider is offered for. Default: all.',
  })
  limits?: PaymentAccountLimitInput[] | null;

  @IntField({
    min: 0,
    max: 2_147_483_647,
    nullable: true,
    description: 'Refused unless this is the current `version`. 0: there must be no account yet.',
  })
  expectedVersion?: number | null;
}

@ObjectType({ simpleResolvers: true })
export class PaymentAccountSetPayload {
  @Field(() => PaymentAccountType, { nullable: true })
  account?: PaymentAccountType | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}
