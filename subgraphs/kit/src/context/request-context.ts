import type { Scope } from './scope.ts';
import type { TraceContext } from './trace-context.ts';

/** A company for which a customer buys. */
export interface BuyingCompany {
  readonly id: string;
  /** The VAT id of an EU country, after its check. Null when the company has no VAT id. */
  readonly vatId: string | null;
}

/** The caller of a request. `scopes` are the permissions of the caller's role as `resource:action`, for instance `orders:read`. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'user';
      readonly userId: string;
      readonly role: string;
      readonly scopes: readonly string[];
      /** The ids of the customer groups to which the user belongs, at most 20. @default none */
      readonly groups?: readonly string[];
      /** The id of the customer whose account this is. @default none, as for staff */
      readonly customerId?: string;
      /** The company for which the customer buys. @default none */
      readonly company?: BuyingCompany;
    }
  /** The platform itself, for instance in recovery, periodic jobs and subscribers. It may do everything within its tenant. */
  | { readonly kind: 'system'; readonly name: string };

/** The role of callers that sent an API key. Users never have this role. Their `userId` is the id of the key. */
export const API_KEY_ROLE = 'API_KEY';

/** The tenant, the caller and the ids of one request. The gateway creates the context. Subgraphs only read it. */
export interface RequestContext {
  /** The UUID of the tenant. The access token, the header `X-Tenant-ID` or the host name of the request determines it. */
  readonly tenantId: string;
  readonly actor: Actor;
  /** The UUID of this request. The response, the logs and the `request_id` of a masked error contain it. */
  readonly requestId: string;
  /** The id that all requests, commands and events of one user action share. @default the request id */
  readonly correlationId: string;
  /** BCP 47 language tag. @default `en` */
  readonly locale: string;
  /** The id of the sales channel that the header `X-Channel` names, else of the default channel. @default the shop has no channel */
  readonly channelId?: string;
  /** The client's IP address, or the first 64 bits of an IPv6 address. Attempt limits count by this address. Set for mutations only. */
  readonly clientAddress?: string | undefined;
  /** The position of the last event that the subscriber received. Set for a resumed subscription. See `FeedFilter.after`. */
  readonly resumeAfter?: string;
  /** The trace context (W3C) that the client or Souk's own tracer sent. */
  readonly trace?: TraceContext;
}

export function hasScope({ actor }: RequestContext, { name }: Scope): boolean {
  return actor.kind === 'system' || (actor.kind === 'user' && actor.scopes.includes(name));
}

/** Whether the caller holds any scope, or is the platform itself. Shoppers hold no scope, even when they have logged in. */
export function isStaff({ actor }: RequestContext): boolean {
  return actor.kind === 'system' || (actor.kind === 'user' && actor.scopes.length > 0);
}

/**
 * Whether the caller may read fields that have a scope of their own, in an entity to which the caller has access. Staff
 * need the scope. Callers without any scope can access only their own data, so they do not need the scope.
 */
export function mayReadPart(ctx: RequestContext, scope: Scope): boolean {
  return !isStaff(ctx) || hasScope(ctx, scope);
}

/**
 * The ids of the customer groups of the caller. Callers without a login, staff and the platform do not belong to a
 * group.
 */
export function groupsOf({ actor }: RequestContext): readonly string[] {
  return actor.kind === 'user' ? (actor.groups ?? []) : [];
}

/** The id of the customer who calls. Null for callers without a login, staff and the platform. */
export function customerIdOf({ actor }: RequestContext): string | null {
  return actor.kind === 'user' ? (actor.customerId ?? null) : null;
}

/** The company for which the caller buys. Null for a caller who is not a member of a company. */
export function companyOf({ actor }: RequestContext): BuyingCompany | null {
  return actor.kind === 'user' ? (actor.company ?? null) : null;
}

/** The id of the sales channel of the request. Null in a shop without channels, and for the platform's own work. */
export function channelOf({ channelId }: RequestContext): string | null {
  return channelId ?? null;
}

/** The value of `created_by` and `updated_by`: the user's id, or null for the platform and for a shopper without an account. */
export function actorId({ actor }: RequestContext): string | null {
  return actor.kind === 'user' ? actor.userId : null;
}

/**
 * The context of work without a request, such as a periodic job.
 * @param name the part of the platform that does the work
 * @param correlationId the id of the object to which the work belongs
 * @param trace the trace that the work continues
 */
export function systemContext(
  tenantId: string,
  name: string,
  correlationId: string,
  trace?: TraceContext,
): RequestContext {
  const context = { tenantId, requestId: correlationId, correlationId, locale: 'en' };
  return { ...context, actor: { kind: 'system', name }, ...(trace && { trace }) };
}

/** The id of the API key that the caller sent. Null for other callers. */
export function apiKeyOf({ actor }: RequestContext): string | null {
  return actor.kind === 'user' && actor.role === API_KEY_ROLE ? actor.userId : null;
}
