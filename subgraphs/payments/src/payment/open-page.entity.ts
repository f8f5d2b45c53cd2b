import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** A voided payment whose page at the provider stays open, so that its buyer may still pay. */
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
