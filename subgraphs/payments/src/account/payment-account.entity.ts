import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns } from '@souk/kit/persistence';
import type { AmountLimit, CaptureMethod, PaymentProviderName } from './payment-account.ts';

/** A tenant's account at a payment provider. A tenant has at most one account per provider. */
export const PaymentAccountEntity = defineEntity({
  name: 'PaymentAccount',
  tableName: 'payment_account',
  properties: {
    ...baseColumns,
    provider: p.text().$type<PaymentProviderName>(),
    enabled: p.boolean(),
    secretName: p.text().nullable(),
    publishableKey: p.text().nullable(),
    captureMethod: p.text().$type<CaptureMethod>(),
    limits: p.json<readonly AmountLimit[]>(),
  },
});
