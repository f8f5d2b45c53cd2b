import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** The account of a customer, whose e-mail address is proven. */
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
