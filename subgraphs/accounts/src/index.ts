import { handleCommand, handleNodeLookup, handleRoute } from '@souk/kit/contracts';
import { RequestLoader, requireId } from '@souk/kit/graphql';
import { defineSubgraph, type SubgraphDefinition } from '@souk/kit/runtime';
import type { JSONWebKeySet } from 'jose';
import { ApiKeyResolver } from './api-key/api-key.resolver.ts';
import { ApiKeyService } from './api-key/api-key.service.ts';
import type { ApiKeyRights } from './api-key/api-key.repository.ts';
import { ApiKeyRoute, EndedSessionsRoute, FindAccountsNode, KeysRoute, PlanOfTenant, TenantRoute } from './contract.ts';
import { presentCustomer } from './customer/customer.presenter.ts';
import type { CustomerRecord } from './customer/customer.repository.ts';
import { CustomerResolver } from './customer/customer.resolver.ts';
import { OwnCustomerResolver } from './user/own-customer.resolver.ts';
import { CustomerService } from './customer/customer.service.ts';
import { customerOfOrder } from './customer/customer.subscriber.ts';
import { entities, type AccountsDatabase } from './database.ts';
import { CustomerGroupMutationResolver } from './customer-group/customer-group-mutation.resolver.ts';
import { CustomerGroupResolver, CustomerGroupsResolver } from './customer-group/customer-group.resolver.ts';
import type { CustomerGroupRecord } from './customer-group/customer-group.repository.ts';
import { presentCustomerGroup } from './customer-group/customer-group.presenter.ts';
import { CustomerGroupService } from './customer-group/customer-group.service.ts';
import { companyResolvers, createCompanies } from './company/company.assembly.ts';
import { invitationMails } from './invitation/invitation-mail.service.ts';
import { createCustomerAddresses, customerAddressResolvers } from './customer-address/customer-address.assembly.ts';
import { accountLinkResolvers, createAccountLinks } from './account-link/account-link.assembly.ts';
import { InvitationResolver } from './invitation/invitation.resolver.ts';
import { InvitationService } from './invitation/invitation.service.ts';
import { accountsManifest, type AccountsSettings } from './manifest.ts';
import { createMessages, messageResolvers } from './message/message.assembly.ts';
import { createMfa, mfaResolvers } from './mfa/mfa.assembly.ts';
import { MfaKeys } from './mfa-factor/mfa-keys.ts';
import { OwnSessionResolver } from './session/own-session.resolver.ts';
import { OwnSessionService } from './session/own-session.service.ts';
import { SessionResolver } from './session/session.resolver.ts';
import type { EndedSession } from './session/session.repository.ts';
import { SessionService } from './session/session.service.ts';
import { createSignUps, signUpResolvers } from './sign-up/sign-up.assembly.ts';
import { SigningKeys } from './session/signing-keys.ts';
import type { TenantRecord } from './tenant/tenant.repository.ts';
import { TenantResolver } from './tenant/tenant.resolver.ts';
import { TenantSettingsResolver } from './tenant/tenant-settings.resolver.ts';
import { TenantSettingsService } from './tenant/tenant-settings.service.ts';
import { TenantService, type NewTenant } from './tenant/tenant.service.ts';
import { userErrorClasses } from './user-errors.ts';
import { scopesOfRoles } from './user/role.policy.ts';
import type { UserRecord } from './user/user.repository.ts';
import { MemberResolver } from './user/member.resolver.ts';
import { MemberService } from './user/member.service.ts';
import { UserResolver } from './user/user.resolver.ts';
import { UserService, type NewUser } from './user/user.service.ts';

export { generateSigningKey } from './session/signing-keys.ts';
export type { AccountsSettings } from './manifest.ts';
export { scopesOfRoles } from './user/role.policy.ts';

/** The functions that other parts of Souk call directly: the composition root and the gateway. */
export interface AccountsServices {
  /** The public keys of access tokens as a JSON Web Key Set (RFC 7517). */
  keys(): JSONWebKeySet;
  /** The permissions of the API key with this SHA-256 (base64url). Null when the key is unknown, expired or revoked. */
  apiKey(hash: string): Promise<ApiKeyRights | null>;
  tenantById(id: string): Promise<TenantRecord | null>;
  tenantBySlug(slug: string): Promise<TenantRecord | null>;
  /** The first 1,000 sessions of all tenants that ended after the position (time, then id), the oldest first. */
  sessionsEndedAfter(position: EndedSession): Promise<readonly EndedSession[]>;
  /** @param host the host name, without a port */
  tenantByHost(host: string): Promise<TenantRecord | null>;
  /** Creates the tenant unless the slug is in use. @throws Error when a host belongs to another tenant */
  createTenant(tenant: NewTenant): Promise<TenantRecord>;
  /** Creates the user unless the tenant has a user with this e-mail address. */
  createUser(user: NewUser & { readonly tenantId: string }): Promise<UserRecord>;
}

/** The subgraph of tenants, users, customers and sessions. */
export const accounts: SubgraphDefinition<AccountsDatabase, AccountsSettings, AccountsServices> = defineSubgraph({
  manifest: accountsManifest,
  entities,
  graphql: {
    resolvers: [
      TenantResolver,
      TenantSettingsResolver,
      ...signUpResolvers,
      UserResolver,
      MemberResolver,
      InvitationResolver,
      ApiKeyResolver,
      SessionResolver,
      ...accountLinkResolvers,
      OwnSessionResolver,
      ...mfaResolvers,
      CustomerResolver,
      OwnCustomerResolver,
      ...customerAddressResolvers,
      CustomerGroupResolver,
      CustomerGroupsResolver,
      CustomerGroupMutationResolver,
      ...companyResolvers,
      ...messageResolvers,
    ],
    orphanedTypes: userErrorClasses,
  },
  create(dependencies) {
    const { unitOfWork, clock, settings, scopes } = dependencies;
    const { signingKeyPem, retiredKeyPem, mfaSecret } = settings;
    const keys = new SigningKeys([signingKeyPem, retiredKeyPem].filter((pem) => pem !== undefined));
    const roleScopes = scopesOfRoles(scopes);
    const mfa = new MfaKeys(mfaSecret);
    const tenants = new TenantService(unitOfWork);
    const users = new UserService(unitOfWork, roleScopes);
    const customers = new CustomerService(unitOfWork);
    const sessions = new SessionService(unitOfWork, { keys, mfa, roleScopes }, clock);
    const secondFactors = createMfa(unitOfWork, sessions, mfa, clock);
    const links = createAccountLinks(unitOfWork, sessions, clock, settings.linkSecret);
    const signUps = createSignUps(dependencies, sessions);
    const messages = createMessages(dependencies, {
      confirmationMail: signUps.confirmationMail,
      describeLink: links.describeLink,
      invitationMail: invitationMails(unitOfWork),
    });
    const addresses = createCustomerAddresses(unitOfWork);
    const members = new MemberService({ unitOfWork, sessions, roleScopes, clock });
    const invitations = new InvitationService({ unitOfWork, sessions, roleScopes, clock });
    const apiKeys = new ApiKeyService({ unitOfWork, scopes, clock });
    const companies = createCompanies(unitOfWork, clock);
    const groups = new CustomerGroupService(unitOfWork, clock);
    const groupLoader = new RequestLoader<string, CustomerGroupRecord>((ctx, ids) => groups.referenced(ctx, ids));
    const groupsLoader = new RequestLoader<string, readonly CustomerGroupRecord[]>((ctx, ids) =>
      groups.ofCustomers(ctx, ids),
    );
    const userLoader = new RequestLoader<string, UserRecord>((ctx, ids) => users.visible(ctx, ids));
    const customerLoader = new RequestLoader<string, CustomerRecord>((ctx, ids) => customers.referenced(ctx, ids));
    return {
      resolvers: [
        new TenantResolver(tenants),
        new TenantSettingsResolver(new TenantSettingsService(unitOfWork), tenants),
        ...signUps.resolvers,
        new UserResolver(users),
        new MemberResolver(members, users),
        new InvitationResolver(invitations),
        new ApiKeyResolver(apiKeys),
        new SessionResolver(sessions),
        ...links.resolvers,
        ...secondFactors.resolvers,
        new OwnSessionResolver(new OwnSessionService(unitOfWork, clock)),
        new CustomerResolver(customers),
        new OwnCustomerResolver(customerLoader),
        ...addresses.resolvers,
        new CustomerGroupResolver(groups),
        new CustomerGroupsResolver(groupsLoader),
        new CustomerGroupMutationResolver(groups),
        ...companies.resolvers,
        ...messages.resolvers,
      ],
      references: {
        ...companies.references,
        Tenant: async ({ id }, ctx) => (id === ctx.tenantId ? tenants.current(ctx) : null),
        User: ({ id }, ctx) => userLoader.load(ctx, requireId('id', String(id))),
        CustomerGroup: async ({ id }, ctx) => {
          const found = await groupLoader.load(ctx, requireId('id', String(id)));
          return found && presentCustomerGroup(found);
        },
        Customer: async ({ id }, ctx) => {
          const found = await customerLoader.load(ctx, requireId('id', String(id)));
          return found && presentCustomer(found);
        },
      },
      commands: [
        handleCommand(PlanOfTenant, async (ctx) => ({ plan: (await tenants.current(ctx))?.plan ?? 'STARTER' })),
        handleNodeLookup(FindAccountsNode, {
          ...companies.nodes,
          CustomerGroup: async (ctx, id) => (await groups.referenced(ctx, [id])).has(id),
          Customer: (ctx, id) => customers.find(ctx, id),
          Tenant: (ctx, id) => id === ctx.tenantId,
          User: async (ctx, id) => (await users.current(ctx))?.id === id,
        }),
      ],
      routes: [
        handleRoute(KeysRoute, async () => KeysRoute.reply.parse(keys.jwks())),
        handleRoute(EndedSessionsRoute, async ({ time, id }) => ({
          sessions: [...(await sessions.endedAfter({ endedAt: time, sessionId: id }))],
        })),
        handleRoute(ApiKeyRoute, async ({ hash }) => ({ apiKey: await apiKeys.rightsOf(hash) })),
        handleRoute(TenantRoute, async ({ id, slug, host }) => ({ tenant: await tenants.byName({ id, slug, host }) })),
      ],
      subscribers: [customerOfOrder(), ...messages.subscribers],
      jobs: [...messages.jobs, ...links.jobs],
      services: {
        keys: () => keys.jwks(),
        apiKey: (hash) => apiKeys.rightsOf(hash),
        sessionsEndedAfter: (position) => sessions.endedAfter(position),
        tenantById: (id) => tenants.byId(id),
        tenantBySlug: (slug) => tenants.bySlug(slug),
        tenantByHost: (host) => tenants.byHost(host),
        createTenant: (tenant) => tenants.ensure(tenant),
        createUser: ({ tenantId, ...user }) => users.ensure(tenantId, user),
      },
    };
  },
});
