import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** Connects a user to a customer. The user has proven the customer's e-mail address. */
export const CustomerAccountEntity = defineEntity({
  name: 'CustomerAccount',
  tableName: 'customer_account',
  properties: {
    ...tenantColumn,
    userId: p.uuid().primary(),
    customerId: p.uuid(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
