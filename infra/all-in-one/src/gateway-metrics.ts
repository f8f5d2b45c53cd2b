import type { Gateway, GatewayOptions, SubgraphTransport } from '@souk/gateway';
import type { ProcessMetrics, RequestTimes } from '@souk/kit/metrics';

/** How long subgraphs take, as `timed` tells it. */
export function fetchTimes(metrics: ProcessMetrics): RequestTimes {
  return metrics.times('souk_subgraph_fetch_duration_seconds', 'How long subgraphs took to answer, by subgraph');
}

/** The transport, whose every fetch is timed. */
export function timed(transport: SubgraphTransport, name: string, times: RequestTimes): SubgraphTransport {
  return {
    async fetch(request) {
      const startedMs = performance.now();
      const observe = (outcome: 'ok' | 'error') => times.observe(name, (performance.now() - startedMs) / 1000, outcome);
      try {
        const answer = await transport.fetch(request);
        observe(answer.errors ? 'error' : 'ok');
        return answer;
      } catch (error) {
        observe('error');
        throw error;
      }
    },
    subscribe: (request) => transport.subscribe(request),
    close: async () => transport.close?.(),
  };
}

/** The option of a gateway by which its operations are timed: the persisted ones by their names, all others together. */
export function gatewayObservation({ operations }: ProcessMetrics): Pick<GatewayOptions, 'onOperation'> {
  return {
    onOperation: ({ name, seconds, hasErrors }) =>
      operations.observe(name ?? 'other', seconds, hasErrors ? 'error' : 'ok'),
  };
}

/** What the gateway counts of itself: connections and refusals. */
export function addGatewayMetrics(metrics: ProcessMetrics, gateway: Gateway): void {
  const open =
    'Connections, operations and upstream subscriptions that are open; answers and clients given up, since the start';
  metrics.counts('souk_gateway_subscriptions', open, 'what', () => ({ ...gateway.subscriptionCounts() }));
  metrics.counts(
    'souk_gateway_refusals_total',
    'Requests refused since the start, by the limit that was met',
    'limit',
    () => gateway.refusalCounts(),
  );
}
