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

/** The settings of the streams. Only the migration uses them. Processes read the settings from the streams. */
export interface TopologySettings {
  /**
   * The maximum number of events of one consumer that all processes together handle at the same time. `migrateTopology` refuses a change
   * until every event is handled and every process of the subgraph is stopped.
   * @default 16
   */
  readonly partitions?: number;
  /** The number of copies of each stream in a NATS cluster: 1, 3 or 5. @default 1 */
  readonly replicas?: number;
  /** How many days events are kept for consumers that lag behind. @default 7 */
  readonly keepDays?: number;
  /**
   * The maximum size of each event stream in bytes, on each server with a copy. NATS deletes the oldest events beyond this size. The server
   * reserves the space when it creates a stream.
   * @default 1 GiB
   */
  readonly maxBytes?: number;
}

export const DEFAULT_MAX_BYTES = 1024 ** 3;
/** Size limit of each internal stream (dead letters, replays, and the turns of `batchReader`), as a fraction of `maxBytes`. */
const INTERNAL_PART = 1 / 16;

/** All events of Souk, and all readers that subgraphs declare. */
export interface EventCatalog {
  readonly events: readonly EventName[];
  readonly readers: readonly EventReader[];
}

export type DesiredStream = Pick<StreamConfig, 'name' | 'subjects'> & Partial<StreamConfig>;

export interface DesiredConsumer {
  readonly stream: string;
  readonly config: ConsumerConfig & { readonly durable_name: string };
}

/** The streams and consumers that should exist. */
export interface Topology {
  readonly streams: readonly DesiredStream[];
  readonly consumers: readonly DesiredConsumer[];
  /** The subjects of the turn messages of batch consumers (see `batchReader`). Each subject has exactly one message. */
  readonly turns: readonly string[];
  /** The number of partitions of each event stream. */
  readonly partitions: number;
}

/**
 * How long the server waits for an acknowledgment before it delivers an event to another process. A process that still handles the event
 * renews the deadline three times within this time.
 */
export const ACK_WAIT_MS = 5000;
/**
 * The acknowledgment deadline of a turn message (see `batchReader`), in ms. It is longer than `ACK_WAIT_MS`, so the server delivers the
 * events of a dead process again before another process gets the turn.
 */
export const TURN_WAIT_MS = 2 * ACK_WAIT_MS;

/**
 * How long the server keeps event ids to detect duplicates, in ms. A relay that died between publishing and deleting its rows restarts
 * within this time. The inbox of the consumer skips later duplicates.
 */
const DUPLICATE_WINDOW_MS = 120_000;
const DAY_MS = 86_400_000;

/**
 * A durable consumer for the events of one subgraph. A reader has one durable consumer for each partition, or only one when it reads in
 * batches.
 */
export interface Reading {
  readonly stream: string;
  readonly durable: string;
  readonly filter: string;
}

/**
 * The durable consumers of a reader.
 * @param partitionsOf returns the number of partitions of a stream. It is not called for batch consumers.
 */
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

/** The names of the streams that contain the events of a reader. */
export function streamsOf({ events }: EventReader): string[] {
  return [...new Set(events.map(({ subject }) => streamOf(publisherOf(subject))))];
}

/** The durable consumer of the events that are replayed to a reader. */
export function replayReading(reader: string): Reading {
  return { stream: REPLAYS.stream, durable: durableOf(reader, 'replays'), filter: replaySubject(reader) };
}

export const isBatched = ({ batchSize = 1 }: EventReader) => batchSize > 1;
export const turnDurable = (durable: string) => durableOf(durable, 'turn');

/** Computes the desired streams and consumers from contracts and readers, without I/O. @throws Error for an invalid subject or name */
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
      // With `DiscardPolicy.New` the server refuses a replay when the stream is full, and the dead letter stays.
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
    // A new consumer receives new events only. Otherwise a new mailer would send mails about last week's orders.
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

/** A durable consumer that delivers a message only after the previous message is acknowledged. Several processes can read it in order. */
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
      max_deliver: -1, // the reader counts deliveries: a failed event must be parked first
    },
  };
}

function requireUnique(names: readonly string[]): void {
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new Error(`Two consumers are called "${twice}": rename one`);
  const odd = names.find((name) => !/^[\w-]+(\.[\w-]+)*$/.test(name));
  if (odd !== undefined) throw new Error(`Invalid consumer name "${odd}": use letters, digits, "_", "-" and dots`);
}
