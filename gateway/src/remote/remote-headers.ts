import type { ForwardingContext } from '../identity/caller-key.ts';

/** What a subgraph is told of a request: the ids, the trace, and the headers that the gateway forwards. */
export function remoteHeaders(context: ForwardingContext): Readonly<Record<string, string>> {
  const { requestId, correlationId, forwarded, trace } = context;
  return { ...forwarded, ...trace, 'x-request-id': requestId, 'x-correlation-id': correlationId };
}
