import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '@souk/kit/persistence';

/** A person who bought something, with or without an account. */
export const CustomerEntity = defineEntity({
  name: 'Customer',
  tableName: 'customer',
  properties: { ...baseColumns, email: p.text(), name: p.text() },
  filters: notDeleted,
});
