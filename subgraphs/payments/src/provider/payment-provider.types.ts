import { enumOf } from '@souk/kit/graphql';
import { registerEnumType } from 'type-graphql';
import { PAYMENT_PROVIDERS } from '../contract.ts';

export const ProviderEnum = enumOf(PAYMENT_PROVIDERS);
registerEnumType(ProviderEnum, { name: 'PaymentProvider', description: 'The payment provider. TEST moves no money.' });
