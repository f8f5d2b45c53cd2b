import { DeliverPolicy, type JetStreamManager } from 'nats';
import type { Nats } from './nats.ts';
import type { DesiredConsumer, DesiredStream, Topology } from './topology.ts';
import { CONSUMER_NOT_FOUND, nullOnError, STREAM_NOT_FOUND, WRONG_LAST_SEQUENCE } from './jetstream-errors.ts';
import { descriptionOf, isUnfinished, partitionsIn, unfinished } from './partitions.ts';
import { commitPartitions, repartitioned, requireQuiet } from './repartition.ts';
import { TURNS } from './subjects.ts';

/** The changes that a migration made, and the consumers that it would delete only with `prune`. */
export interface MigrationReport {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  /** Consumers on Souk's streams that no subgraph declares today. They cost little, and do not retain events. */
  readonly undeclared: readonly string[];
}

export interface TopologyMigration {
  /** Whether to delete undeclared consumers. @default false */
  readonly prune?: boolean;
  /** Called before an event stream is created, with the name of the subgraph that publishes its events. @default no call */
  readonly beforeCreating?: (publisher: string) => Promise<void>;
}

/**
 * Creates missing streams and consumers, and updates existing ones. A repetition changes nothing. Several migrations may run at the same
 * time.
 * @throws PartitionsInUseError when the number of partitions changes while streams are in use
 */
export async function migrateTopology(
  nats: Nats,
  topology: Topology,
  { prune = false, beforeCreating }: TopologyMigration = {},
): Promise<MigrationReport> {
  const manager = await nats.connection.jetstreamManager();
  const created: string[] = [];
  const updated: string[] = [];
  const note = (name: string, outcome: Outcome) => {
    if (outcome !== 'unchanged') (outcome === 'created' ? created : updated).push(name);
  };
  const changing = await repartitioned(manager, topology);
  if (changing.size > 0) await requireQuiet(nats, manager, changing, topology.partitions);
  const unfinishedStreams = new Set<string>();
  for (const stream of topology.streams) {
    const present = changing.get(stream.name); // published last, when consumers of all partitions exist
    const desired = present === undefined ? stream : { ...stream, description: descriptionOf(present) };
    const { outcome, lacksConsumers } = await ensureStream(manager, desired, beforeCreating);
    note(stream.name, outcome);
    if (lacksConsumers) unfinishedStreams.add(stream.name);
  }
  for (const consumer of topology.consumers) {
    const isOfUnfinished = unfinishedStreams.has(consumer.stream);
    const outcome = await ensureConsumer(manager, isOfUnfinished ? fromTheFirstEvent(consumer) : consumer);
    note(`${consumer.stream}/${consumer.config.durable_name}`, outcome);
  }
  for (const stream of unfinishedStreams) await finishStream(manager, stream);
  for (const turn of topology.turns) await ensureTurn(nats, turn);
  await commitPartitions(manager, changing, topology);
  for (const stream of changing.keys()) if (!updated.includes(stream)) updated.push(stream);
  const undeclared = await undeclaredConsumers(manager, topology);
  if (prune) for (const { stream, durable } of undeclared) await manager.consumers.delete(stream, durable);
  return { created, updated, undeclared: undeclared.map(({ stream, durable }) => `${stream}/${durable}`) };
}

type Outcome = 'created' | 'updated' | 'unchanged';

/**
 * Creates or updates a stream. A stream accepts events as soon as it exists, but its consumers can only be created afterwards. Until then,
 * the stream's description marks the stream as unfinished. When this migration is interrupted, the next migration reads the mark and
 * completes the consumers.
 */
async function ensureStream(
  manager: JetStreamManager,
  desired: DesiredStream,
  beforeCreating: TopologyMigration['beforeCreating'],
): Promise<{ readonly outcome: Outcome; readonly lacksConsumers: boolean }> {
  const present = await nullOnError(manager.streams.info(desired.name), STREAM_NOT_FOUND);
  const lacksConsumers = desired.description !== undefined && (!present || isUnfinished(present.config));
  const description = desired.description !== undefined && lacksConsumers && unfinished(desired.description);
  const wanted = description ? { ...desired, description } : desired;
  if (!present) {
    const publisher = publisherIn(desired);
    if (publisher !== null) await beforeCreating?.(publisher);
    await manager.streams.add(wanted);
  } else if (!differs(wanted, present.config)) return { outcome: 'unchanged', lacksConsumers };
  else await manager.streams.update(desired.name, { ...present.config, ...wanted });
  return { outcome: present ? 'updated' : 'created', lacksConsumers };
}

/** The subgraph whose events the stream stores. Null for an internal stream such as the dead letters. */
function publisherIn({ description, subjects: [subject = ''] }: DesiredStream): string | null {
  return description === undefined ? null : (subject.split('.')[1] ?? null);
}

/** Removes the `unfinished` mark from a stream's description. Consumers that are created later begin with new events. */
async function finishStream(manager: JetStreamManager, stream: string): Promise<void> {
  const { config } = await manager.streams.info(stream);
  await manager.streams.update(stream, { ...config, description: descriptionOf(partitionsIn(config)) });
}

async function ensureConsumer(manager: JetStreamManager, { stream, config }: DesiredConsumer): Promise<Outcome> {
  const present = await nullOnError(manager.consumers.info(stream, config.durable_name), CONSUMER_NOT_FOUND);
  if (!present) {
    await manager.consumers.add(stream, config);
    return 'created';
  }
  // The server refuses a changed start position (`deliver_policy`) of an existing consumer, so the update omits it.
  const { deliver_policy: _began, ...changeable } = config;
  if (!differs(changeable, present.config)) return 'unchanged';
  await manager.consumers.update(stream, config.durable_name, changeable);
  return 'updated';
}

/**
 * The configuration of a consumer of a new stream. Relays publish to a new stream immediately, so the consumer must also read events from
 * before its creation.
 */
function fromTheFirstEvent({ stream, config }: DesiredConsumer): DesiredConsumer {
  return { stream, config: { ...config, deliver_policy: DeliverPolicy.All } };
}

/** Publishes the turn message of a batch consumer (see `batchReader`) exactly once, even when several migrations run at the same time. */
async function ensureTurn({ jetstream }: Nats, subject: string): Promise<void> {
  const put = jetstream.publish(subject, '', { expect: { streamName: TURNS.stream, lastSubjectSequence: 0 } });
  await nullOnError(put, WRONG_LAST_SEQUENCE);
}

async function undeclaredConsumers(manager: JetStreamManager, { streams, consumers }: Topology) {
  const declared = new Set(consumers.map(({ stream, config }) => `${stream}/${config.durable_name}`));
  const undeclared: { readonly stream: string; readonly durable: string }[] = [];
  for (const { name: stream } of streams) {
    for await (const { config } of manager.consumers.list(stream)) {
      const durable = config.durable_name;
      if (durable !== undefined && !declared.has(`${stream}/${durable}`)) undeclared.push({ stream, durable });
    }
  }
  return undeclared;
}

/** Whether the server's value differs from a desired setting. Settings without a desired value are ignored. */
function differs(desired: object, present: object): boolean {
  const actual = new Map<string, unknown>(Object.entries(present));
  return Object.entries(desired).some(([key, value]) => JSON.stringify(actual.get(key)) !== JSON.stringify(value));
}
