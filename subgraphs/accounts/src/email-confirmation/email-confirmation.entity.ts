import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** A user whose e-mail address is not proven yet. The table contains only the hash of the token in the mail. */
export const EmailConfirmationEntity = defineEntity({
  name: 'EmailConfirmation',
  tableName: 'email_confirmation',
  properties: {
    ...tenantColumn,
    userId: p.uuid().primary(),
    tokenHash: p.text().nullable(),
    expiresAt: p.datetime(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
