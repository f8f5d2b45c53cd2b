import { defineEntity, p } from '@mikro-orm/postgresql';

/** The number of attempts within a window. The column `brake` holds the name of the limit. See `migrations/0003_after_the_order.sql`. */
export const AttemptCountEntity = defineEntity({
  name: 'AttemptCount',
  tableName: 'attempt_count',
  properties: {
    tenantId: p.uuid().primary(),
    brake: p.text().primary(),
    subject: p.text().primary(),
    attempts: p.integer(),
    endsAt: p.datetime(),
  },
});
