import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { defineEvent, type EventEnvelope } from '../../contracts/index.ts';
import type { EventConsumer } from '../event-bus.ts';

/**
 * Creates the contract of a bell clock: one aggregate with two events. The subgraph name is random, so no other test receives the events.
 */
export function bells() {
  const publisher = `bell-${randomUUID().slice(0, 8)}`;
  const payload = z.object({ times: z.int() });
  return {
    publisher,
    Rang: defineEvent({ subject: `${publisher}.clock.rang`, version: 1, payload }),
    Stopped: defineEvent({ subject: `${publisher}.clock.stopped`, version: 1, payload }),
  };
}
export type Bells = ReturnType<typeof bells>;

/** The values of an event that matter to a test. All other values have defaults. */
export interface Ring {
  readonly times: number;
  readonly aggregateId?: string;
  readonly tenantId?: string;
  readonly version?: number;
  readonly eventId?: string;
}

/** Creates an event that reports how often the bell clock rang. */
export function ring(event: Bells['Rang'], { times, aggregateId, tenantId, version, eventId }: Ring): EventEnvelope {
  return {
    event_id: eventId ?? randomUUID(),
    event_type: event.subject,
    tenant_id: tenantId ?? TENANT,
    aggregate_id: aggregateId ?? CLOCK,
    timestamp: '2030-01-01T00:00:00.000Z',
    source: 'bell',
    version: version ?? event.version,
    data: { times },
    metadata: { user_id: null, correlation_id: null },
  };
}

export const TENANT = randomUUID();
export const CLOCK = randomUUID();

/** How often the bell clock rang, from the data of an event. */
export const timesOf = ({ data }: EventEnvelope): number => z.object({ times: z.int() }).parse(data).times;

/** A consumer that records the events that it received. */
export interface Listener {
  readonly consumer: EventConsumer;
  readonly handled: EventEnvelope[];
  /** The sizes of the received batches. */
  readonly batches: number[];
  /** The events that failed every retry, when the bus has no dead letter queue. */
  readonly parked: EventEnvelope[];
}

/**
 * Creates a consumer that records its events.
 * @param before runs before each event counts as handled. An error in it fails the whole batch.
 */
export function listener(
  events: EventConsumer['events'],
  before: (envelope: EventEnvelope) => void | Promise<void> = () => undefined,
  batchSize = 1,
  name = `test.${randomUUID().slice(0, 8)}`,
): Listener {
  const handled: EventEnvelope[] = [];
  const batches: number[] = [];
  const parked: EventEnvelope[] = [];
  return {
    handled,
    batches,
    parked,
    consumer: {
      name,
      events,
      batchSize,
      async handle(batch) {
        for (const envelope of batch) await before(envelope);
        handled.push(...batch);
        batches.push(batch.length);
      },
      park: async (envelope) => void parked.push(envelope),
    },
  };
}
