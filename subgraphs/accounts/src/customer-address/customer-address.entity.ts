import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns } from '@souk/kit/persistence';
import type { Address } from '@souk/kit/postal';

/** An address of a customer. At most one address is the default for each use. */
export const CustomerAddressEntity = defineEntity({
  name: 'CustomerAddress',
  tableName: 'customer_address',
  properties: {
    ...baseColumns,
    customerId: p.uuid(),
    address: p.json<Address>(),
    phoneKey: p.text().nullable(),
    isDefaultShipping: p.boolean().default(false),
    isDefaultBilling: p.boolean().default(false),
  },
});
