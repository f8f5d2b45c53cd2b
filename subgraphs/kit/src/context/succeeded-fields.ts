import type { RequestContext } from './request-context.ts';

const succeeded = new WeakMap<RequestContext, Set<string>>();

/**
 * Records that a root field with an attempt limit succeeded, for instance a login or a password reset. The subgraph reports the successes
 * to the gateway in `extensions`. The gateway cannot derive the successes from the response data, because clients can rename its fields
 * with aliases.
 * @param responseName the key of the root field in the response: `info.path.key`
 */
export function markSucceeded(ctx: RequestContext, responseName: string | number): void {
  const known = succeeded.get(ctx) ?? new Set();
  succeeded.set(ctx, known.add(String(responseName)));
}

/** The response names of the root fields that `markSucceeded` recorded for a request. */
export function succeededFields(ctx: RequestContext): readonly string[] {
  return [...(succeeded.get(ctx) ?? [])];
}
