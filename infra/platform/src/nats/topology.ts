import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  nanos,
  ReplayPolicy,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type StreamConfig,
} from 'nats';
import type { EventReader } from '@souk/kit/messaging';
import { DEFAULT_PARTITIONS, descriptionOf } from './partitions.ts';
import {
  DEAD_LETTERS,
  durableOf,
  filterOf,
  publishedBy,
  publisherOf,
  replaySubject,
  REPLAYS,
  streamOf,
  TURNS,
  turnSubject,
  type EventName,
} from './subjects.ts';

/** What a deployment decides of its streams. Only the migration is told: processes ask the streams. */
export interface TopologySettings {
  /**
   * How many events of one consumer are handled at the same time at most, over all processes. Default 16. Changing it takes that
   * every event is handled and every process of a subgraph stopped; `migrateTopology` refuses it otherwise.
   */
  readonly partitions?: number;
  /** Copies of each stream, in a cluster of NATS: 1, 3 or 5. Default 1. */
  readonly replicas?: number;
  /** How long events are kept for consumers that are behind. Default 7 days. */
  readonly keepDays?: number;
  /**
   * How much each stream of events may hold, in bytes, on each server that has a copy. Beyond it the oldest events go first. The server
   * reserves as much when it makes a stream.
   * @default 1 GiB
   */
  readonly maxBytes?: number;
}

export const DEFAULT_MAX_BYTES = 1024 ** 3;
/** What each stream of dead letters, replays and turns may hold, as a part of `maxBytes`. */
const INTERNAL_PART = 1 / 16;

/** Everything that is published, and everybody who reads it. */
export interface EventCatalog {
  readonly events: readonly EventName[];
  readonly readers: readonly EventReader[];
}

export type DesiredStream = Pick<StreamConfig, 'name' | 'subjects'> & Partial<StreamConfig>;

export interface DesiredConsumer {
  readonly stream: string;
  readonly config: ConsumerConfig & { readonly durable_name: string };
}

/** The streams and consumers that there should be. */
export interface Topology {
  readonly streams: readonly DesiredStream[];
  readonly consumers: readonly DesiredConsumer[];
  /** Messages of which there is exactly one: the turns of consumers of batches. */
  readonly turns: readonly string[];
  /** Of each stream of events. */
  readonly partitions: number;
}

/**
 * How long the server waits for a sign of life of whoever was given an event, before it gives it to another. Who is at work says so
 * three times within it.
 */
export const ACK_WAIT_MS = 5000;
/** Longer than it takes for the events of a process that died to be free again: the next in turn has to get those first. */
export const TURN_WAIT_MS = 2 * ACK_WAIT_MS;

/**
 * How far back the server knows an event's id. A relay that died between publishing and forgetting is back long before; whatever
 * comes later still meets the inbox of its consumer.
 */
const DUPLICATE_WINDOW_MS = 120_000;
const DAY_MS = 86_400_000;

/** What a consumer reads of one subgraph: one durable for each partition, or one that takes turns for a consumer of batches. */
export interface Reading {
  readonly stream: string;
  readonly durable: string;
  readonly filter: string;
}

/** @returns from how many subgraphs a reader reads, and how. @param partitionsOf a stream; not asked for consumers of batches. */
export function readingsOf(reader: EventReader, partitionsOf: (stream: string) => number): Reading[] {
  const subjects = reader.events.map(({ subject }) => subject);
  const publishers = Map.groupBy(new Set(subjects), publisherOf);
  return [...publishers].flatMap(([publisher, published]) => {
    const stream = streamOf(publisher);
    if (isBatched(reader))
      return [{ stream, durable: durableOf(reader.name, publisher), filter: filterOf(published, null) }];
    return Array.from({ length: partitionsOf(stream) }, (_, partition) => ({
      stream,
      durable: durableOf(reader.name, publisher, partition),
      filter: filterOf(published, partition),
    }));
  });
}

/** The streams that a reader reads. */
export function streamsOf({ events }: EventReader): string[] {
  return [...new Set(events.map(({ subject }) => streamOf(publisherOf(subject))))];
}

/** Where a reader finds what is replayed to it. */
export function replayReading(reader: string): Reading {
  return { stream: REPLAYS.stream, durable: durableOf(reader, 'replays'), filter: replaySubject(reader) };
}

export const isBatched = ({ batchSize = 1 }: EventReader) => batchSize > 1;
export const turnDurable = (durable: string) => durableOf(durable, 'turn');

/** Pure: from what the contracts and the consumers say to what the server should have. @throws Error for a subject or name that cannot be. */
export function desiredTopology({ events, readers }: EventCatalog, settings: TopologySettings = {}): Topology {
  const partitions = settings.partitions ?? DEFAULT_PARTITIONS;
  const shared = readers.filter(({ everyProcess }) => !everyProcess);
  const read = readers.flatMap((reader) => reader.events);
  const publishers = [...new Set([...events, ...read].map(({ subject }) => publisherOf(subject)))].toSorted();
  requireUnique(readers.map(({ name }) => name));
  const batched = shared.filter(isBatched).flatMap((reader) => readingsOf(reader, () => partitions));
  return {
    streams: [
      ...publishers.map((publisher) => eventStream(publisher, settings)),
      internalStream(DEAD_LETTERS, {}, settings),
      // What does not fit is refused, and its dead letter stays.
      internalStream(REPLAYS, { retention: RetentionPolicy.Workqueue, discard: DiscardPolicy.New }, settings),
      internalStream(TURNS, { max_msgs_per_subject: 1 }, settings),
    ],
    consumers: [
      ...shared.flatMap((reader) =>
        readingsOf(reader, () => partitions).map((reading) => eventConsumer(reader, reading)),
      ),
      ...shared.map(({ name }) => oneAtATime(replayReading(name))),
      ...batched.map(({ durable }) => turnConsumer(durable)),
    ],
    turns: batched.map(({ durable }) => turnSubject(durable)),
    partitions,
  };
}

function eventStream(
  publisher: string,
  { partitions = DEFAULT_PARTITIONS, replicas = 1, keepDays = 7, maxBytes = DEFAULT_MAX_BYTES }: TopologySettings,
): DesiredStream {
  return {
    name: streamOf(publisher),
    description: descriptionOf(partitions),
    subjects: [publishedBy(publisher)],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: nanos(keepDays * DAY_MS),
    max_bytes: maxBytes,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
    num_replicas: replicas,
  };
}

function internalStream(
  { stream, subjects }: { readonly stream: string; readonly subjects: string },
  special: Partial<StreamConfig>,
  { replicas = 1, maxBytes = DEFAULT_MAX_BYTES }: TopologySettings,
): DesiredStream {
  return {
    name: stream,
    subjects: [subjects],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    max_bytes: Math.floor(maxBytes * INTERNAL_PART),
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
    num_replicas: replicas,
    ...special,
  };
}

function eventConsumer(reader: EventReader, { stream, durable, filter }: Reading): DesiredConsumer {
  const { config } = oneAtATime({ stream, durable, filter });
  return {
    stream,
    // From its creation on, like a new consumer of one process: a mail about an order of last week helps nobody.
    config: { ...config, deliver_policy: DeliverPolicy.New, max_ack_pending: reader.batchSize ?? 1 },
  };
}

function turnConsumer(durable: string): DesiredConsumer {
  const { stream, config } = oneAtATime({
    stream: TURNS.stream,
    durable: turnDurable(durable),
    filter: turnSubject(durable),
  });
  return { stream, config: { ...config, ack_wait: nanos(TURN_WAIT_MS) } };
}

/** One that hands out a message only when the one before is acknowledged: that is what keeps the order, whoever reads. */
function oneAtATime({ stream, durable, filter }: Reading): DesiredConsumer {
  return {
    stream,
    config: {
      durable_name: durable,
      filter_subject: filter,
      deliver_policy: DeliverPolicy.All,
      ack_policy: AckPolicy.Explicit,
      replay_policy: ReplayPolicy.Instant,
      ack_wait: nanos(ACK_WAIT_MS),
      max_ack_pending: 1,
      max_deliver: -1, // the reader counts: what it gives up on has to be parked first
    },
  };
}

function requireUnique(names: readonly string[]): void {
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new Error(`Two consumers are called ${twice}`);
  const odd = names.find((name) => !/^[\w-]+(\.[\w-]+)*$/.test(name));
  if (odd !== undefined) throw new Error(`A consumer's name has letters, digits, "_", "-" and dots, unlike "${odd}"`);
}
