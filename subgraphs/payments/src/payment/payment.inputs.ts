import {
  CurrencyCodeScalar,
  DecimalScalar,
  IdempotentInput,
  IdField,
  ListField,
  NestedField,
  TextField,
} from '@souk/kit/graphql';
import { IsInt, IsOptional } from 'class-validator';
import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { PageArgs } from '@souk/kit/graphql';
import type { PaymentStatus } from './payment.machine.ts';
import { PaymentStatusEnum } from './payment.types.ts';

@InputType({ description: 'An amount of money to move.' })
export class MoneyInput {
  @Field(() => DecimalScalar)
  amount!: string;

  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;
}

@InputType()
abstract class PaymentStepInput extends IdempotentInput {
  @IdField()
  paymentId!: string;

  @Field(() => Int, { nullable: true, description: 'Refused unless this is the current `version`.' })
  @IsOptional()
  @IsInt()
  expectedVersion?: number | null;
}

@InputType()
export class PaymentCaptureInput extends PaymentStepInput {
  @NestedField(() => MoneyInput, {
    nullable: true,
    description: 'Default: the whole amount that can still be captured.',
  })
  amount?: MoneyInput | null;
}

@InputType()
export class PaymentRefundInput extends PaymentStepInput {
  @NestedField(() => MoneyInput, {
    nullable: true,
    description: 'Default: the whole amount that can still be refunded.',
  })
  amount?: MoneyInput | null;

  @TextField({ description: 'The reason of the refund, for the books.' })
  reason!: string;
}

@InputType()
export class PaymentVoidInput extends PaymentStepInput {}

@InputType()
export class PaymentFilterInput {
  @ListField(() => PaymentStatusEnum, {
    nullable: true,
    max: 20,
    description: 'Payments in any of these states.',
  })
  status?: PaymentStatus[] | null;
}

@ArgsType()
export class PaymentsArgs extends PageArgs {
  @NestedField(() => PaymentFilterInput, { nullable: true })
  filter?: PaymentFilterInput | null;
}
