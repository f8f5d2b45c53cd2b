import { IdempotentInput, IdField, IntField, NestedField, TextField } from '@souk/kit/graphql';
import { PAYMENT_PROVIDERS } from '@souk/payments/contract';
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { MAX_VERSION } from '../cart/cart.inputs.ts';
import { OrderType } from '../order/order.types.ts';
import { errors } from '../user-errors.ts';

// The providers that the subgraph payments knows, by their names in its schema.
const PaymentProviderEnum = Object.fromEntries(PAYMENT_PROVIDERS.map((provider) => [provider, provider]));
registerEnumType(PaymentProviderEnum, { name: 'PaymentProvider', description: 'The payment provider.' });

@InputType({ description: 'The payment method of the buyer.' })
export class CheckoutPaymentInput {
  @Field(() => PaymentProviderEnum)
  provider!: (typeof PAYMENT_PROVIDERS)[number];

  @TextField({ description: "The provider's token for a card or an account. Never a card number." })
  token!: string;
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

@ObjectType({ simpleResolvers: true })
export class CheckoutCompletePayload {
  @Field(() => OrderType, {
    nullable: true,
    description: 'Null when the checkout was refused. Then nothing is held or charged.',
  })
  order?: OrderType | null;

  @Field(() => String, {
    nullable: true,
    description: 'Opens the order for its buyer: `order(id:, accessToken:)`. Keep it secret.',
  })
  orderAccessToken?: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
