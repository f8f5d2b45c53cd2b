import type { ForwardingContext } from '../identity/caller-key.ts';

/** Headers of a request to a subgraph: the ids, the trace, and the headers that the gateway forwards. */
export function remoteHeaders(context: ForwardingContext): Readonly<Record<string, string>> {
  const { requestId, correlationId, forwarded, trace } = context;
  return { ...forwarded, ...trace, 'x-request-id': requestId, 'x-correlation-id': correlationId };
}
