import type { RequestContext } from './request-context.ts';

const succeeded = new WeakMap<RequestContext, Set<string>>();

/**
 * Records that the attempt of a root field succeeded: a login, a code, a password reset. The subgraph reports the successes to the gateway
 * beside the response data, because the client chooses the names in the data.
 * @param responseName the key of the root field in the response: `info.path.key`
 */
export function markSucceeded(ctx: RequestContext, responseName: string | number): void {
  const known = succeeded.get(ctx) ?? new Set();
  succeeded.set(ctx, known.add(String(responseName)));
}

/** Response names of the root fields of a request whose attempts succeeded so far. */
export function succeededFields(ctx: RequestContext): readonly string[] {
  return [...(succeeded.get(ctx) ?? [])];
}
