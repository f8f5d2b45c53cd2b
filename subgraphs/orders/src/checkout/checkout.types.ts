import { DateTimeScalar, IdempotentInput, IdField, IntField, NestedField, TextField } from '@souk/kit/graphql';
import type { PAYMENT_PROVIDERS } from '@souk/payments/contract';
import { IsOptional, Matches } from 'class-validator';
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { MAX_VERSION } from '../cart/cart.inputs.ts';
import { PaymentProviderEnum } from '../cart/payment-method.types.ts';
import { OrderType } from '../order/order.types.ts';
import { errors } from '../user-errors.ts';

@InputType({ description: 'The payment method of the buyer.' })
export class CheckoutPaymentInput {
  @Field(() => PaymentProviderEnum)
  provider!: (typeof PAYMENT_PROVIDERS)[number];

  @TextField({
    nullable: true,
    description:
      "The provider's token for a card or an account. Never a card number. PAYSTACK and FLUTTERWAVE take none: their own page asks the buyer.",
  })
  token?: string | null;

  @IdField({
    nullable: true,
    description:
      'A payment method that the customer who is logged in has saved (`Customer.paymentMethods`), in place of a token.',
  })
  savedMethodId?: string | null;

  @TextField({
    nullable: true,
    max: 2048,
    description:
      'The page of the shop to which the provider sends the buyer after a redirect: an https address. Without it, the page of the shop shows the action itself.',
  })
  @IsOptional()
  @Matches(/^https?:\/\/[^\s]+$/, { message: 'returnUrl takes an address that begins with https:// or http://' })
  returnUrl?: string | null;
}

@InputType()
export class CheckoutCompleteInput extends IdempotentInput {
  @IdField()
  cartId!: string;

  @NestedField(() => CheckoutPaymentInput)
  payment!: CheckoutPaymentInput;

  @IntField({
    min: 1,
    max: MAX_VERSION,
    nullable: true,
    description:
      "The cart's `version` that the buyer has seen. The checkout is refused before anything is held when the cart has another version.",
  })
  expectedVersion?: number | null;
}

@InputType()
export class CheckoutCancelInput extends IdempotentInput {
  @IdField()
  cartId!: string;
}

const NextActionKindEnum = { REDIRECT: 'REDIRECT', PROVIDER_LIBRARY: 'PROVIDER_LIBRARY', WAIT: 'WAIT' } as const;
registerEnumType(NextActionKindEnum, {
  name: 'CheckoutNextActionKind',
  description:
    "REDIRECT: open `url`. PROVIDER_LIBRARY: continue with `clientSecret` in the provider's library. WAIT: the provider decides without the buyer.",
});

@ObjectType('CheckoutNextAction', {
  simpleResolvers: true,
  description:
    'The payment needs the buyer, for instance for 3-D Secure. Afterwards send the same `checkoutComplete` again: it returns the order. The order is also placed when the buyer does not return.',
})
export class CheckoutNextActionType {
  @Field(() => NextActionKindEnum)
  kind!: keyof typeof NextActionKindEnum;

  @Field(() => String, { nullable: true, description: 'The page to open. Only of REDIRECT.' })
  url!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "For the provider's library in the buyer's browser. Only of PROVIDER_LIBRARY. Keep it out of logs.",
  })
  clientSecret!: string | null;

  @Field(() => DateTimeScalar, {
    description: 'The end of the wait. A payment without an outcome is then voided, and the stock released.',
  })
  expiresAt!: Date;
}

@ObjectType({ simpleResolvers: true })
export class CheckoutCompletePayload {
  @Field(() => OrderType, {
    nullable: true,
    description:
      'Null when the checkout was refused, and nothing is held or charged. Also null while there is a `nextAction`.',
  })
  order?: OrderType | null;

  @Field(() => CheckoutNextActionType, {
    nullable: true,
    description: 'The action that the payment needs before the order is placed. Null in every other case.',
  })
  nextAction?: CheckoutNextActionType | null;

  @Field(() => String, {
    nullable: true,
    description: 'Opens the order for its buyer: `order(id:, accessToken:)`. Keep it secret.',
  })
  orderAccessToken?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
export class CheckoutCancelPayload {
  @Field(() => OrderType, {
    nullable: true,
    description:
      'The order, when the payment had already succeeded. Null: nothing is held or charged, and the cart can change.',
  })
  order?: OrderType | null;

  @Field(() => String, { nullable: true, description: 'Opens the order for its buyer. Keep it secret.' })
  orderAccessToken?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
