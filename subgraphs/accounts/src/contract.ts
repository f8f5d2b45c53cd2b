import { defineEvent, defineNodeLookup, defineScope } from '@souk/kit/contracts';
import { z } from 'zod';

/** Allows reading the customers of the tenant. */
export const CustomersRead = defineScope({ name: 'customers:read', roles: ['OWNER', 'STAFF'] });

/** Allows changing customers and customer groups. */
export const CustomersWrite = defineScope({ name: 'customers:write', roles: ['OWNER', 'STAFF'] });

/** Allows changing the tenant's own data: users, settings, shipping methods, tax rates. */
export const SettingsWrite = defineScope({ name: 'settings:write', roles: ['OWNER'] });

/** The platform has recognized the buyer of an order as this customer, new or existing. Aggregate: the customer. */
export const CustomerRecognized = defineEvent({
  subject: 'accounts.customer.recognized',
  version: 1,
  payload: z.object({ customerId: z.uuid(), orderId: z.uuid(), email: z.email() }),
});

/** A customer group was created, changed or deleted. A deleted group has no members. Aggregate: the group. */
export const CustomerGroupChanged = defineEvent({
  subject: 'accounts.customer_group.changed',
  version: 1,
  payload: z.object({
    groupId: z.uuid(),
    code: z.string(),
    name: z.string(),
    change: z.enum(['CREATED', 'UPDATED', 'DELETED']),
  }),
});

/** Customers joined or left a group, at most 500. The deletion of a group does not list its members. Aggregate: the group. */
export const CustomerGroupMembersChanged = defineEvent({
  subject: 'accounts.customer_group.members_changed',
  version: 1,
  payload: z.object({ groupId: z.uuid(), added: z.array(z.uuid()), removed: z.array(z.uuid()) }),
});

/**
 * A session has ended, by logout or because a used refresh token was presented again. The access tokens of the session are invalid.
 * Aggregate: the session.
 */
export const SessionEnded = defineEvent({
  subject: 'accounts.session.ended',
  version: 1,
  payload: z.object({ sessionId: z.uuid(), userId: z.uuid() }),
});

/** Asks whether the caller may see an entity of this subgraph. */
export const FindAccountsNode = defineNodeLookup('accounts');
