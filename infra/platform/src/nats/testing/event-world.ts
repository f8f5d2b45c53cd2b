import type { EventEnvelope } from '@souk/kit/contracts';
import { type Bells, type Listener, RETRY_DELAYS_MS, type EventBusUnderTest } from '@souk/kit/messaging/testing';
import { startNats, type TestNats } from '@souk/kit/testing';
import {
  DeadLetters,
  desiredTopology,
  migrateTopology,
  NatsEventBus,
  openNats,
  type Nats,
  type NatsEventBusOptions,
} from '../index.ts';

/** A NATS server, and processes that share its events. */
export interface EventWorld extends EventBusUnderTest {
  readonly server: TestNats;
  readonly nats: Nats;
  readonly deadLetters: DeadLetters;
  /** Creates the streams and consumers for the events of `bells`. */
  migrate(bells: Bells, listeners: readonly Listener[]): Promise<void>;
  /** Opens the event bus of another process, which has its own connection. */
  process(options?: Partial<NatsEventBusOptions>): Promise<Process>;
}

export interface Process {
  readonly bus: NatsEventBus;
  readonly nats: Nats;
  stop(): Promise<void>;
}

export async function startEventWorld(): Promise<EventWorld> {
  const server = await startNats();
  const open = () => openNats({ url: server.url, name: 'test', onError: () => undefined });
  const nats = await open();
  const deadLetters = new DeadLetters(nats);
  const processes: Process[] = [];
  const migrate = async (bells: Bells, listeners: readonly Listener[]) => {
    const readers = listeners.map(({ consumer }) => consumer);
    await migrateTopology(nats, desiredTopology({ events: [bells.Rang, bells.Stopped], readers }));
  };
  const process = async (options: Partial<NatsEventBusOptions> = {}) => {
    const own = await open();
    const bus = new NatsEventBus({
      nats: own,
      retryDelaysMs: RETRY_DELAYS_MS,
      onError: () => undefined,
      ...options,
    });
    await bus.ready();
    const started = { bus, nats: own, stop: () => bus.stop().then(() => own.close()) };
    processes.push(started);
    return started;
  };
  return {
    server,
    nats,
    deadLetters,
    migrate,
    process,
    async open(bells, listeners) {
      await migrate(bells, listeners);
      const { bus } = await process({ feeds: [bells.Rang, bells.Stopped] });
      return bus;
    },
    async parked({ consumer }) {
      const letters: EventEnvelope[] = [];
      for await (const { envelope } of deadLetters.list({ consumer: consumer.name })) {
        if (typeof envelope !== 'string') letters.push(envelope);
      }
      return letters;
    },
    async close() {
      await Promise.all(processes.map((each) => each.stop()));
      await nats.close();
      await server.stop();
    },
  };
}
