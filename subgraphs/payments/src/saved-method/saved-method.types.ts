import { DateTimeScalar, enumOf, IdempotentInput, IdField, TextField } from '@souk/kit/graphql';
import { IsOptional, Matches } from 'class-validator';
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { PaymentProviderName } from '../account/payment-account.ts';
import { ProviderEnum } from '../provider/payment-provider.types.ts';
import { UserError } from '../user-errors.ts';
import type { SavedMethod } from './saved-method.ts';

const ActionKindEnum = enumOf(['REDIRECT', 'PROVIDER_LIBRARY', 'WAIT']);
registerEnumType(ActionKindEnum, {
  name: 'PaymentMethodActionKind',
  description:
    "REDIRECT: open `url`. PROVIDER_LIBRARY: continue with `clientSecret` in the provider's library. WAIT: the provider decides without the customer.",
});

/** A stub of the customer in the subgraph accounts. This subgraph adds the saved payment methods to the customer. */
@Directive('@key(fields: "id")')
@ObjectType('Customer', { simpleResolvers: true })
export class CustomerStub {
  @Field(() => ID)
  id!: string;
}

@ObjectType('SavedCard', { simpleResolvers: true, description: 'A card as its provider describes it at this moment.' })
export class SavedCardType {
  @Field(() => String, { description: "In the provider's words, for instance `visa`." })
  brand!: string;

  @Field(() => String, { description: 'The last digits of the number.' })
  lastDigits!: string;

  @Field(() => Int, { description: '1 to 12.' })
  expiryMonth!: number;

  @Field(() => Int)
  expiryYear!: number;
}

@ObjectType('SavedPaymentMethod', {
  simpleResolvers: true,
  description:
    'A payment method that a customer keeps at a payment provider. `checkoutComplete` takes its id. The shop keeps no data of a card.',
})
export class SavedPaymentMethodType {
  @Field(() => ID)
  id!: string;

  @Field(() => ProviderEnum)
  provider!: PaymentProviderName;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  /** The source of the field `card`. Not a GraphQL field. */
  method!: SavedMethod;
}

@ObjectType('PaymentMethodAction', {
  simpleResolvers: true,
  description:
    'The action of the customer that an attempt to save a payment method needs. Afterwards confirm the attempt.',
})
export class PaymentMethodActionType {
  @Field(() => ActionKindEnum)
  kind!: 'REDIRECT' | 'PROVIDER_LIBRARY' | 'WAIT';

  @Field(() => String, { nullable: true, description: 'The page to open. Only of REDIRECT.' })
  url!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "For the provider's library in the customer's browser. Only of PROVIDER_LIBRARY. Keep it out of logs.",
  })
  clientSecret!: string | null;
}

@InputType()
export class PaymentMethodSaveInput extends IdempotentInput {
  @Field(() => ProviderEnum, { description: 'STRIPE is the only provider that saves payment methods.' })
  provider!: PaymentProviderName;

  @TextField({
    nullable: true,
    description:
      "The provider's token for a card or an account. Never a card number. Without it, the provider's library asks the customer, and continues with the `clientSecret`.",
  })
  token?: string | null;

  @TextField({
    nullable: true,
    max: 2048,
    description:
      'The page of the shop to which the provider sends the customer after a redirect: an https address. Without it, the page of the shop shows the action itself.',
  })
  @IsOptional()
  @Matches(/^https?:\/\/[^\s]+$/, { message: 'returnUrl takes an address that begins with https:// or http://' })
  returnUrl?: string | null;
}

@InputType()
export class PaymentMethodConfirmInput extends IdempotentInput {
  @IdField({ description: 'The `setupId` of `paymentMethodSave`.' })
  setupId!: string;
}

@InputType()
export class PaymentMethodDeleteInput extends IdempotentInput {
  @IdField()
  id!: string;
}

@ObjectType({ simpleResolvers: true })
export class PaymentMethodSavePayload {
  @Field(() => SavedPaymentMethodType, { nullable: true, description: 'Null while there is a `nextAction`.' })
  paymentMethod?: SavedPaymentMethodType | null;

  @Field(() => ID, { nullable: true, description: 'Id of the attempt, for `paymentMethodConfirm`.' })
  setupId?: string | null;

  @Field(() => PaymentMethodActionType, {
    nullable: true,
    description: 'The action that the attempt needs. Null in every other case.',
  })
  nextAction?: PaymentMethodActionType | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class PaymentMethodDeletePayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted method. Null when the deletion was refused.' })
  deletedId?: string | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}
