import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';
import type { TestCharge } from './test-charge.policy.ts';

/** A charge in the books of the test provider. A charge never changes. `amountMinor` is in minor units of `currency`. */
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
