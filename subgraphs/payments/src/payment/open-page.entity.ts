import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** A voided payment whose payment page at the provider cannot be closed. The buyer may still pay there. */
export const OpenPageEntity = defineEntity({
  name: 'OpenPage',
  tableName: 'open_page',
  properties: {
    ...tenantColumn,
    paymentId: p.uuid().primary(),
    voidedAt: p.datetime(),
    checkAt: p.datetime().nullable(),
    checks: p.integer(),
  },
});
