import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';
import type { LinkPurpose } from './account-link.ts';

/** A link that was sent by mail. The table contains only the hash of the link's token. */
export const AccountLinkEntity = defineEntity({
  name: 'AccountLink',
  tableName: 'account_link',
  properties: {
    ...tenantColumn,
    id: p.uuid().primary(),
    purpose: p.text().$type<LinkPurpose>(),
    tokenHash: p.text(),
    email: p.text(),
    emailKey: p.text(),
    name: p.text().default(''),
    createdAt: p.datetime().defaultRaw('now()'),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});
