import type { GraphQLFormattedError } from 'graphql';
import type { Gateway, GatewayOptions, SubgraphTransport } from '@souk/gateway';
import type { ProcessMetrics, RequestTimes } from '@souk/platform/metrics';

/** The metric with the durations of subgraph fetches. `timed` records them. */
export function fetchTimes(metrics: ProcessMetrics): RequestTimes {
  return metrics.times('souk_subgraph_fetch_duration_seconds', 'How long subgraphs took to answer, by subgraph');
}

/** Wraps a transport and records the duration of every fetch. */
export function timed(transport: SubgraphTransport, name: string, times: RequestTimes): SubgraphTransport {
  return {
    async fetch(request) {
      const startedMs = performance.now();
      const observe = (outcome: 'ok' | 'refused' | 'error') =>
        times.observe(name, (performance.now() - startedMs) / 1000, outcome);
      try {
        const answer = await transport.fetch(request);
        observe(answer.errors ? outcomeOf(answer.errors) : 'ok');
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

/**
 * The outcome of a fetch with errors: `error` when the subgraph failed (no error code, or INTERNAL_SERVER_ERROR), `refused` when every
 * error has another code.
 */
function outcomeOf(errors: readonly Pick<GraphQLFormattedError, 'extensions'>[]): 'refused' | 'error' {
  const isFailure = (code: unknown) => code === undefined || code === 'INTERNAL_SERVER_ERROR';
  return errors.some(({ extensions }) => isFailure(extensions?.['code'])) ? 'error' : 'refused';
}

/**
 * The gateway option that records the durations of operations. Persisted operations are recorded by name, and all other operations as
 * `other`.
 */
export function gatewayObservation({ operations }: ProcessMetrics): Pick<GatewayOptions, 'onOperation'> {
  return {
    onOperation: ({ name, seconds, outcome }) => operations.observe(name ?? 'other', seconds, outcome),
  };
}

/** Adds the gateway's metrics: connections, subscriptions and refusals. */
export function addGatewayMetrics(metrics: ProcessMetrics, gateway: Gateway): void {
  const counts = () => gateway.subscriptionCounts();
  metrics.gauges('souk_gateway_connections', 'Sockets and event streams of clients', ['kind'], async () => [
    { labels: { kind: 'socket' }, value: counts().sockets },
    { labels: { kind: 'event_stream' }, value: counts().eventStreams },
  ]);
  metrics.gauge('souk_gateway_subscriptions', 'Subscriptions of clients that are under way', () => counts().operations);
  metrics.gauge(
    'souk_gateway_upstream_subscriptions',
    'Subscriptions in the subgraphs: equal ones of clients share one',
    () => counts().upstreams,
  );
  metrics.counts('souk_gateway_subscription_answers_total', 'Answers handed to connections', null, () => ({
    answers: counts().answers,
  }));
  metrics.counts('souk_gateway_dropped_clients_total', 'Connections that were ended, by the reason', 'reason', () => ({
    too_slow: counts().droppedTooSlow,
    silent: counts().droppedSilent,
    token: counts().endedByToken,
  }));
  metrics.counts('souk_gateway_refusals_total', 'Requests refused, by the limit that was met', 'limit', () =>
    gateway.refusalCounts(),
  );
  const shadow = () => gateway.shadowCounts();
  if (!shadow()) return;
  metrics.counts(
    'souk_gateway_shadow_runs_total',
    'Queries that both engines ran, by what came of it',
    'outcome',
    () => ({
      ...shadow(),
    }),
  );
}
