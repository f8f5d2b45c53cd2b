import { defineEvent, defineNodeLookup, defineScope } from '@souk/kit/contracts';
import { z } from 'zod';

/** Allows reading the customers of the tenant. */
export const CustomersRead = defineScope({ name: 'customers:read', roles: ['OWNER', 'STAFF'] });

/** Allows changing the tenant's own data: users, settings, shipping methods. */
export const SettingsWrite = defineScope({ name: 'settings:write', roles: ['OWNER'] });

/** The platform has recognized the buyer of an order as this customer, new or existing. Aggregate: the customer. */
export const CustomerRecognized = defineEvent({
  subject: 'accounts.customer.recognized',
  version: 1,
  payload: z.object({ customerId: z.uuid(), orderId: z.uuid(), email: z.email() }),
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
