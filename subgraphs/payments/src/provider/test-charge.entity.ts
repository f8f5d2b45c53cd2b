import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';
import type { TestCharge } from './test-charge.policy.ts';

/** A charge of the test provider. Charges are only added, never changed. `amountMinor` is in minor units of `currency`. */
export const TestChargeEntity = defineEntity({
  name: 'TestCharge',
  tableName: 'test_provider_charge',
  properties: {
    ...tenantColumn,
    idempotencyKey: p.text().primary(),
    authorizationKey: p.text(),
    kind: p.text().$type<TestCharge['kind']>(),
    amountMinor: p.bigint('number'),
    currency: p.text().nullable(),
    declineCode: p.text().nullable(),
    reference: p.text(),
  },
});
