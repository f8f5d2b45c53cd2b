import type { ProcessMetrics } from '@souk/platform/metrics';
import { DeadLetters, type Nats, type NatsEventBus } from '@souk/platform/nats';

/** The name of a subgraph's event stream. Other streams contain dead letters, replays or turn messages. */
const STREAM = (publisher: string) => `SOUK_${publisher.toUpperCase()}`;

/** Matches the name of a durable consumer. A consumer has one durable consumer for each partition: `orders_follow-payment_payments_7`. */
const DURABLE = /^(.+?)_[a-z]+(?:_\d+)?$/;

/**
 * Adds the lag of a subgraph's consumers: the number of stored events that are not handled yet, by consumer and stream. Every process of
 * the subgraph reports the same numbers.
 * @param publishers the subgraphs that publish events
 */
export function addConsumerMetrics(
  metrics: ProcessMetrics,
  nats: Nats,
  subgraph: string,
  publishers: readonly string[],
): void {
  const { connection } = nats;
  const deadLetters = new DeadLetters(nats);
  metrics.gauges(
    'souk_dead_letters',
    'Events that failed every retry of a consumer, until they are replayed',
    ['consumer'],
    async () => {
      const counts = [...(await deadLetters.counts())].filter(([consumer]) => consumer.startsWith(`${subgraph}.`));
      return counts.map(([consumer, value]) => ({ labels: { consumer }, value }));
    },
  );
  metrics.gauges(
    'souk_consumer_lag_events',
    'Events that are stored and not yet handled, by consumer and stream',
    ['consumer', 'stream'],
    async () => {
      const manager = await connection.jetstreamManager();
      const existing = new Set<string>();
      for await (const stream of manager.streams.names()) existing.add(stream);
      const lags = await Promise.all(
        publishers
          .map(STREAM)
          .filter((stream) => existing.has(stream))
          .map(async (stream) => {
            const pending = new Map<string, number>();
            for await (const { name, num_pending, num_ack_pending } of manager.consumers.list(stream)) {
              if (!name.startsWith(`${subgraph}_`)) continue;
              const consumer = (DURABLE.exec(name)?.[1] ?? name).replace('_', '.');
              pending.set(consumer, (pending.get(consumer) ?? 0) + num_pending + num_ack_pending);
            }
            return [...pending].map(([consumer, value]) => ({ labels: { consumer, stream }, value }));
          }),
      );
      return lags.flat();
    },
  );
}

/** Adds a gauge for whether NATS stores the events of this process. The value is 0 while the disk or a limit of NATS is full. */
export function addStoreMetrics(metrics: ProcessMetrics, events: Pick<NatsEventBus, 'isStoring'>): void {
  metrics.gauges(
    'souk_event_store_up',
    'Whether NATS stored the last events of this process; 0 while its disk or its limit is full',
    [],
    async () => [{ labels: {}, value: events.isStoring ? 1 : 0 }],
  );
}
