import type { Scope } from './scope.ts';
import type { TraceContext } from './trace-context.ts';

/** Who asks. `scopes` are what the role may do, `resource:action` (`orders:read`). */
export type Actor =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'user';
      readonly userId: string;
      readonly role: string;
      readonly scopes: readonly string[];
    }
  /** The platform itself: recovery, sweepers, subscribers. May do everything within its tenant. */
  | { readonly kind: 'system'; readonly name: string };

/** What is known of a request before it reaches a subgraph. The gateway makes it; subgraphs only read it. */
export interface RequestContext {
  /** UUID of the tenant, resolved from the token, the header or the host. */
  readonly tenantId: string;
  readonly actor: Actor;
  /** UUID of this request; in its answer, its logs and the `request_id` of a masked error. */
  readonly requestId: string;
  /** Ties together everything one user action caused; by default the request id. */
  readonly correlationId: string;
  /** BCP 47 language tag, `en` by default. */
  readonly locale: string;
  /** The client's IP address, of IPv6 the first 64 bits, by which a brake counts attempts. Mutations alone have it. */
  readonly clientAddress?: string | undefined;
  /** Of a subscription that broke: the position of the last event that its reader had. See `FeedFilter.after`. */
  readonly resumeAfter?: string;
  /** Where in a trace this is, when the client or a tracer of ours says so. */
  readonly trace?: TraceContext;
}

export function hasScope({ actor }: RequestContext, { name }: Scope): boolean {
  return actor.kind === 'system' || (actor.kind === 'user' && actor.scopes.includes(name));
}

/** Whether the caller holds any scope, or is the platform. Shoppers hold none, signed in or not. */
export function isStaff({ actor }: RequestContext): boolean {
  return actor.kind === 'system' || (actor.kind === 'user' && actor.scopes.length > 0);
}

/** What `created_by` and `updated_by` record: the user's id, or null for a shopper without an account and the platform. */
export function actorId({ actor }: RequestContext): string | null {
  return actor.kind === 'user' ? actor.userId : null;
}

/**
 * The context of work that no request caused. `name` says which part of the platform, `correlationId` what it belongs to, `trace`
 * what the work goes on with.
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
