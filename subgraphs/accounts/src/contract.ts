import { defineEvent, defineNodeLookup, defineScope } from '@souk/kit/contracts';
import { z } from 'zod';

/** Reads the customers of the tenant. */
export const CustomersRead = defineScope({ name: 'customers:read', roles: ['OWNER', 'STAFF'] });

/** Changes what a tenant decides about itself: users, settings, shipping methods, tax rates. */
export const SettingsWrite = defineScope({ name: 'settings:write', roles: ['OWNER'] });

/** The buyer of an order is known as this customer, new or not. Aggregate: the customer. */
export const CustomerRecognized = defineEvent({
  subject: 'accounts.customer.recognized',
  version: 1,
  payload: z.object({ customerId: z.uuid(), orderId: z.uuid(), email: z.email() }),
});

/** A login is over: logged out, or a refresh token of it came back. Its access tokens count no more. Aggregate: the session. */
export const SessionEnded = defineEvent({
  subject: 'accounts.session.ended',
  version: 1,
  payload: z.object({ sessionId: z.uuid(), userId: z.uuid() }),
});

/** Whether the caller may see an entity of this subgraph. */
export const FindAccountsNode = defineNodeLookup('accounts');
