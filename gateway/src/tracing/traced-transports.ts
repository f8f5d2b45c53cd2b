import { isSampled } from '@souk/kit/context';
import { inSpan, type Tracer } from '@souk/kit/tracing';
import type { SubgraphTransport, TransportChoice } from '@souk/engine/subgraphs';
import { errorCodes } from './error-codes.ts';

/** Wraps the transports, so each fetch of a traced operation has a span. */
export function tracedTransports(choice: TransportChoice, tracer: Tracer): TransportChoice {
  if (typeof choice === 'function') return (subgraph) => tracedTransport(subgraph.name, choice(subgraph), tracer);
  return new Map([...choice].map(([name, transport]) => [name, tracedTransport(name, transport, tracer)]));
}

function tracedTransport(name: string, transport: SubgraphTransport, tracer: Tracer): SubgraphTransport {
  const attributes = { 'souk.subgraph': name };
  return {
    fetch(request) {
      const { trace: parent } = request.context;
      if (!isSampled(parent)) return transport.fetch(request);
      return inSpan(tracer, { name: `fetch ${name}`, kind: 'CLIENT', parent, attributes }, async (span) => {
        const answer = await transport.fetch(span.trace ? { ...request, trace: span.trace } : request);
        if (answer.errors) span.describe(`fetch ${name}`, { 'graphql.error.codes': errorCodes(answer.errors) });
        return answer;
      });
    },
    subscribe: (request) => transport.subscribe(request),
    close: async () => transport.close?.(),
  };
}
