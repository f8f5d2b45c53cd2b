import { defineCommand, defineEvent, defineNodeLookup, defineRoute, defineScope } from '@souk/kit/contracts';
import { z } from 'zod';

/** Allows reading the customers of the tenant. */
export const CustomersRead = defineScope({ name: 'customers:read', roles: ['OWNER', 'STAFF'] });

/** Allows changing customers, customer groups and companies. */
export const CustomersWrite = defineScope({ name: 'customers:write', roles: ['OWNER', 'STAFF'] });

/** Allows reading the messages that were sent to buyers and users. */
export const MessagesRead = defineScope({ name: 'messages:read', roles: ['OWNER', 'STAFF'] });

/** Allows sending failed messages again. */
export const MessagesWrite = defineScope({ name: 'messages:write', roles: ['OWNER', 'STAFF'] });

/** Allows reading the users of the tenant and the open invitations. */
export const UsersRead = defineScope({ name: 'users:read', roles: ['OWNER'] });

/** Allows inviting, changing and removing users of the tenant, and ending their sessions. */
export const UsersWrite = defineScope({ name: 'users:write', roles: ['OWNER'] });

/** Allows reading the API keys of the tenant, without their secrets. */
export const ApiKeysRead = defineScope({ name: 'api-keys:read', roles: ['OWNER'] });

/** Allows creating, rotating and revoking API keys. A key cannot have a scope that its creator lacks. */
export const ApiKeysWrite = defineScope({ name: 'api-keys:write', roles: ['OWNER'] });

/** Allows reading the settings and host names of the tenant. */
export const TenantRead = defineScope({ name: 'tenant:read', roles: ['OWNER', 'STAFF'] });

/** Allows changing the settings of the tenant: name, brand, mail sender, languages and time zone. */
export const TenantWrite = defineScope({ name: 'tenant:write', roles: ['OWNER'] });

/** Allows changing the settings and shipping methods of the tenant. */
export const SettingsWrite = defineScope({ name: 'settings:write', roles: ['OWNER'] });

/** The buyer of an order was matched to this customer, who may be new. Aggregate: the customer. */
export const CustomerRecognized = defineEvent({
  subject: 'accounts.customer.recognized',
  version: 1,
  payload: z.object({ customerId: z.uuid(), orderId: z.uuid(), email: z.email() }),
});

/** The addresses of a customer changed. The event does not contain the addresses. Aggregate: the customer. */
export const CustomerChanged = defineEvent({
  subject: 'accounts.customer.changed',
  version: 1,
  payload: z.object({ customerId: z.uuid(), change: z.enum(['ADDRESSES']) }),
});

/** A shopper has proven the e-mail address and opened an account. Aggregate: the customer. */
export const CustomerAccountOpened = defineEvent({
  subject: 'accounts.customer.account_opened',
  version: 1,
  payload: z.object({ customerId: z.uuid(), userId: z.uuid() }),
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

/**
 * At most 500 customers joined or left a group. When a group is deleted, its members are not listed in such events. Aggregate: the group.
 */
export const CustomerGroupMembersChanged = defineEvent({
  subject: 'accounts.customer_group.members_changed',
  version: 1,
  payload: z.object({ groupId: z.uuid(), added: z.array(z.uuid()), removed: z.array(z.uuid()) }),
});

/** A company was created, changed or deleted. A deleted company has no members. Aggregate: the company. */
export const CompanyChanged = defineEvent({
  subject: 'accounts.company.changed',
  version: 1,
  payload: z.object({
    companyId: z.uuid(),
    name: z.string(),
    vatId: z.string().nullable(),
    change: z.enum(['CREATED', 'UPDATED', 'DELETED']),
  }),
});

/**
 * At most 500 customers joined or left a company. When a company is deleted, its members are not listed in such events.
 * Aggregate: the company.
 */
export const CompanyMembersChanged = defineEvent({
  subject: 'accounts.company.members_changed',
  version: 1,
  payload: z.object({ companyId: z.uuid(), added: z.array(z.uuid()), removed: z.array(z.uuid()) }),
});

/**
 * A member of the staff was added, changed or removed. `email` is the address before the removal. Aggregate: the user.
 */
export const UserChanged = defineEvent({
  subject: 'accounts.user.changed',
  version: 1,
  payload: z.object({
    userId: z.uuid(),
    email: z.email(),
    role: z.string(),
    change: z.enum(['CREATED', 'ROLE_CHANGED', 'DISABLED', 'ENABLED', 'REMOVED']),
  }),
});

/** The second factor of a user changed, or a recovery code was used. Aggregate: the user. */
export const MfaChanged = defineEvent({
  subject: 'accounts.user.mfa_changed',
  version: 1,
  payload: z.object({
    userId: z.uuid(),
    change: z.enum(['ENABLED', 'DISABLED', 'RESET', 'RECOVERY_CODES_REPLACED', 'RECOVERY_CODE_USED']),
  }),
});

/**
 * A session ended: the user logged out, staff ended it, or a used refresh token was presented again. Its access tokens are invalid.
 * Aggregate: the session.
 */
export const SessionEnded = defineEvent({
  subject: 'accounts.session.ended',
  version: 1,
  payload: z.object({ sessionId: z.uuid(), userId: z.uuid() }),
});

/** An API key was revoked. Gateways must refuse the key from now on. Aggregate: the key. */
export const ApiKeyRevoked = defineEvent({
  subject: 'accounts.api_key.revoked',
  version: 1,
  payload: z.object({ apiKeyId: z.uuid(), name: z.string() }),
});

/**
 * A shop was created, or its settings changed. Where a default is null, the shop has not chosen a value, and the
 * platform's default applies. Aggregate: the tenant.
 */
export const TenantChanged = defineEvent({
  subject: 'accounts.tenant.changed',
  version: 1,
  payload: z.object({
    tenantId: z.uuid(),
    slug: z.string(),
    name: z.string(),
    /** The host names, without a port. */
    hosts: z.array(z.string()),
    /** ISO 4217. */
    defaultCurrency: z.string().nullable(),
    /** BCP 47. */
    defaultLocale: z.string().nullable(),
    /** ISO 3166-1 alpha-2. */
    countryCode: z.string().nullable(),
    change: z.enum(['CREATED', 'UPDATED']),
  }),
});

/** Returns whether the caller may see an entity of this subgraph. */
export const FindAccountsNode = defineNodeLookup('accounts');

/** Returns the plan of the caller's tenant. */
export const PlanOfTenant = defineCommand({
  name: 'accounts.planOfTenant',
  version: 1,
  request: z.object({}),
  reply: z.object({ plan: z.string() }),
  idempotent: true,
  callers: ['catalog'],
});

/** Returns the public keys of access tokens as a JSON Web Key Set (RFC 7517). */
export const KeysRoute = defineRoute({
  path: '/.well-known/jwks.json',
  callers: 'ANYONE',
  query: z.object({}),
  reply: z.object({ keys: z.array(z.looseObject({ kty: z.string() })) }),
});

/** Finds the tenant of a request by its id, slug or host. A host has no port. `tenant` is null when no tenant matches. */
export const TenantRoute = defineRoute({
  path: '/tenants',
  callers: 'GATEWAYS',
  query: z.object({ id: z.string().optional(), slug: z.string().optional(), host: z.string().optional() }),
  reply: z.object({ tenant: z.object({ id: z.uuid(), plan: z.string() }).nullable() }),
});

/**
 * Finds the permissions of an API key by the SHA-256 of the key (base64url), and records the use. `apiKey` is null when the key is unknown,
 * expired or revoked.
 */
export const ApiKeyRoute = defineRoute({
  path: '/api-keys',
  callers: 'GATEWAYS',
  query: z.object({ hash: z.string().length(43) }),
  reply: z.object({
    apiKey: z
      .object({
        keyId: z.uuid(),
        tenantId: z.uuid(),
        scopes: z.array(z.string()),
        allowedAddresses: z.array(z.string()),
        expiresAt: z.coerce.date(),
      })
      .nullable(),
  }),
});

/**
 * Lists the sessions and API keys of all tenants that ended after a position, the oldest first and at most 1,000. A gateway reads them when
 * it starts.
 * The position is the time and the id of the last session in the previous response.
 */
export const EndedSessionsRoute = defineRoute({
  path: '/ended-sessions',
  callers: 'GATEWAYS',
  query: z.object({ time: z.coerce.date(), id: z.guid() }),
  reply: z.object({ sessions: z.array(z.object({ sessionId: z.uuid(), endedAt: z.coerce.date() })) }),
});
