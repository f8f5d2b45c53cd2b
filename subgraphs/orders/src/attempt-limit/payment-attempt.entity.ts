import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** A payment authorization that currently runs for a client IP address. See `migrations/0006_payment_attempts.sql`. */
export const PaymentAttemptEntity = defineEntity({
  name: 'PaymentAttempt',
  tableName: 'payment_attempt',
  properties: {
    ...tenantColumn,
    id: p.uuid().primary(),
    subject: p.text(),
    expiresAt: p.datetime(),
  },
});
