import { IdempotentInput, TextField } from '@souk/kit/graphql';
import { Field, InputType, ObjectType } from 'type-graphql';
import type { PaymentProviderName } from '../account/payment-account.ts';
import { ProviderEnum } from '../provider/payment-provider.types.ts';
import { UserError } from '../user-errors.ts';

@InputType({ description: 'A notification of a payment provider, as it arrived.' })
export class PaymentWebhookReceiveInput extends IdempotentInput {
  @Field(() => ProviderEnum)
  provider!: PaymentProviderName;

  @TextField({
    max: 100_000,
    description: 'The body of the HTTP request, unchanged: its signature covers every character.',
  })
  payload!: string;

  @TextField({ nullable: true, max: 4096, description: "The provider's signature of the payload." })
  signature?: string | null;

  @TextField({
    nullable: true,
    max: 4096,
    description: "Flutterwave's secret hash, from its older header `verif-hash`. A `signature` counts instead.",
  })
  secretHash?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class PaymentWebhookReceivePayload {
  @Field(() => Boolean, { nullable: true, description: 'True: the provider need not notify again.' })
  received?: boolean | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}
