import type { ForwardingContext } from '../identity/caller-key.ts';

/** What a subgraph is told of a request: the ids, the client's trace, and the headers that the gateway forwards. */
export function remoteHeaders(context: ForwardingContext): Readonly<Record<string, string>> {
  const { requestId, correlationId, forwarded, traced } = context;
  return { ...forwarded, ...traced, 'x-request-id': requestId, 'x-correlation-id': correlationId };
}
