import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';
import type { StaffRole } from '../user/role.policy.ts';

/** An invitation to join the staff of a shop. The table contains only the hash of the token in the mail. */
export const InvitationEntity = defineEntity({
  name: 'Invitation',
  tableName: 'user_invitation',
  properties: {
    ...baseColumns,
    email: p.text(),
    role: p.text().$type<StaffRole>(),
    tokenHash: p.text().nullable(),
    expiresAt: p.datetime(),
    acceptedAt: p.datetime().nullable(),
    sendings: p.integer().default(1),
  },
  filters: notDeleted,
});
export type InvitationEntity = InferEntity<typeof InvitationEntity>;
