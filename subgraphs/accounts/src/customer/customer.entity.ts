import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';

/** A person who bought something or has an account. Unique by e-mail address in a tenant. */
export const CustomerEntity = defineEntity({
  name: 'Customer',
  tableName: 'customer',
  properties: { ...baseColumns, email: p.text(), name: p.text() },
  filters: notDeleted,
});
