import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, tenantColumn } from '@souk/kit/persistence';

/** Customers whom the shop treats alike. For instance, a price list can apply to a group. */
export const CustomerGroupEntity = defineEntity({
  name: 'CustomerGroup',
  tableName: 'customer_group',
  properties: { ...baseColumns, code: p.text(), name: p.text() },
  filters: notDeleted,
});
export type CustomerGroupEntity = InferEntity<typeof CustomerGroupEntity>;

/** The membership of a customer in a group. A customer has at most 20 groups. */
export const CustomerGroupMemberEntity = defineEntity({
  name: 'CustomerGroupMember',
  tableName: 'customer_group_member',
  properties: {
    ...tenantColumn,
    groupId: p.uuid().primary(),
    customerId: p.uuid().primary(),
    createdAt: p.datetime().defaultRaw('now()'),
    createdBy: p.uuid().nullable(),
  },
});
