import { enumOf } from '@souk/kit/graphql';
import { PAYMENT_PROVIDERS } from '@souk/payments/contract';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { OfferedPaymentMethod } from './payment-methods.service.ts';

/** The providers that the payments subgraph supports. The names are the same as in the schema of the payments subgraph. */
export const PaymentProviderEnum = enumOf(PAYMENT_PROVIDERS);
registerEnumType(PaymentProviderEnum, { name: 'PaymentProvider', description: 'The payment provider.' });

@ObjectType('CartPaymentMethod', {
  simpleResolvers: true,
  description: 'A payment provider that takes the total of the cart. `checkoutComplete` accepts it.',
})
export class CartPaymentMethodType {
  @Field(() => PaymentProviderEnum)
  provider!: OfferedPaymentMethod['provider'];

  @Field(() => String, {
    nullable: true,
    description: "The public key with which the provider's library in the buyer's browser makes a token.",
  })
  publishableKey!: string | null;
}
