import { registerEnumType } from 'type-graphql';
import { PAYMENT_PROVIDERS } from '../contract.ts';

export const ProviderEnum = Object.fromEntries(PAYMENT_PROVIDERS.map((provider) => [provider, provider]));
registerEnumType(ProviderEnum, { name: 'PaymentProvider', description: 'The payment provider. TEST moves no money.' });
