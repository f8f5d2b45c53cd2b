import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { SetupStatus } from './saved-method.ts';

/** A customer of the shop, with the provider's reference for the customer. */
export const PaymentCustomerEntity = defineEntity({
  name: 'PaymentCustomer',
  tableName: 'payment_customer',
  properties: {
    ...tenantColumn,
    customerId: p.uuid().primary(),
    provider: p.text().$type<PaymentProviderName>().primary(),
    secretName: p.text().primary(),
    providerReference: p.text(),
    createdAt: p.datetime(),
  },
});

/** A payment method that a customer has saved. Only the provider stores the card data. */
export const SavedMethodEntity = defineEntity({
  name: 'SavedMethod',
  tableName: 'saved_method',
  properties: {
    ...baseColumns,
    customerId: p.uuid(),
    provider: p.text().$type<PaymentProviderName>(),
    secretName: p.text(),
    customerReference: p.text(),
    providerReference: p.text(),
  },
});

/** An attempt to save a payment method. */
export const MethodSetupEntity = defineEntity({
  name: 'MethodSetup',
  tableName: 'method_setup',
  properties: {
    ...tenantColumn,
    id: p.uuid().primary(),
    customerId: p.uuid(),
    provider: p.text().$type<PaymentProviderName>(),
    secretName: p.text(),
    byToken: p.boolean(),
    fingerprint: p.text(),
    customerReference: p.text().nullable(),
    providerReference: p.text().nullable(),
    status: p.text().$type<SetupStatus>(),
    declineCode: p.text().nullable(),
    methodId: p.uuid().nullable(),
    startedAt: p.datetime(),
  },
});
