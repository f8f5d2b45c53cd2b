import type { RequestContext } from './request-context.ts';

const succeeded = new WeakMap<RequestContext, Set<string>>();

/**
 * Records that the attempt of a root field succeeded: a login, a code, a reset. The subgraph reports it to the gateway beside the
 * answer, because the names in the answer are the client's choice.
 * @param responseName the key of the root field in the answer: `info.path.key`.
 */
export function markSucceeded(ctx: RequestContext, responseName: string | number): void {
  const known = succeeded.get(ctx) ?? new Set();
  succeeded.set(ctx, known.add(String(responseName)));
}

/** Response names of the root fields of a request whose attempts succeeded so far. */
export function succeededFields(ctx: RequestContext): readonly string[] {
  return [...(succeeded.get(ctx) ?? [])];
}
