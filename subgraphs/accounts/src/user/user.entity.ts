import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';
import type { Role } from './role.policy.ts';

/** A person who can log in to a tenant. Shoppers and staff are users. */
export const UserEntity = defineEntity({
  name: 'User',
  tableName: 'user_account',
  properties: {
    ...baseColumns,
    email: p.text(),
    passwordHash: p.text(),
    role: p.text().$type<Role>(),
    name: p.text().default(''),
    disabledAt: p.datetime().nullable(),
  },
  filters: notDeleted,
});
