import type { RequestContext } from './request-context.ts';

const succeeded = new WeakMap<RequestContext, Set<string>>();

/**
 * Records that the attempt of a root field succeeded, such as a login, a code or a password reset. The subgraph reports the successes to
 * the gateway beside the data of the response, because the client chooses the names in the data.
 * @param responseName the key of the root field in the response: `info.path.key`
 */
export function markSucceeded(ctx: RequestContext, responseName: string | number): void {
  const known = succeeded.get(ctx) ?? new Set();
  succeeded.set(ctx, known.add(String(responseName)));
}

/** The response names of those root fields of a request whose attempts have succeeded so far. */
export function succeededFields(ctx: RequestContext): readonly string[] {
  return [...(succeeded.get(ctx) ?? [])];
}
