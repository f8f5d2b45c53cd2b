import { DeliverPolicy, type ConsumerConfig, type JetStreamManager } from 'nats';
import type { Nats } from './nats.ts';
import type { DesiredConsumer, DesiredStream, Topology } from './topology.ts';
import { CONSUMER_NOT_FOUND, orNull, STREAM_NOT_FOUND, WRONG_LAST_SEQUENCE } from './or-null.ts';
import { descriptionOf } from './partitions.ts';
import { commitPartitions, repartitioned, requireQuiet } from './repartition.ts';
import { TURNS } from './subjects.ts';

/** A migration that was cut short between a stream and its consumers is repeated within this time. */
const YOUNG_MS = 3_600_000;

/** What a migration did, or would have to be told to do. */
export interface MigrationReport {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  /** Consumers on our streams that nobody declares any more. They cost little and hold no events back. */
  readonly undeclared: readonly string[];
}

/**
 * Creates what is missing and brings what is there up to date. May run again, and from several places at once.
 * @param prune whether undeclared consumers are deleted.
 * @throws PartitionsInUseError when the number of partitions is another, and streams are in use.
 */
export async function migrateTopology(nats: Nats, topology: Topology, prune = false): Promise<MigrationReport> {
  const manager = await nats.connection.jetstreamManager();
  const created: string[] = [];
  const updated: string[] = [];
  const note = (name: string, outcome: Outcome) => {
    if (outcome !== 'unchanged') (outcome === 'created' ? created : updated).push(name);
  };
  const changing = await repartitioned(manager, topology);
  if (changing.size > 0) await requireQuiet(nats, manager, changing, topology.partitions);
  for (const stream of topology.streams) {
    const present = changing.get(stream.name); // told last: only then are there consumers of all partitions
    const desired = present === undefined ? stream : { ...stream, description: descriptionOf(present) };
    note(stream.name, await ensureStream(manager, desired));
  }
  for (const consumer of topology.consumers) {
    note(`${consumer.stream}/${consumer.config.durable_name}`, await ensureConsumer(manager, consumer));
  }
  for (const turn of topology.turns) await ensureTurn(nats, turn);
  await commitPartitions(manager, changing, topology);
  for (const stream of changing.keys()) if (!updated.includes(stream)) updated.push(stream);
  const undeclared = await undeclaredConsumers(manager, topology);
  if (prune) for (const { stream, durable } of undeclared) await manager.consumers.delete(stream, durable);
  return { created, updated, undeclared: undeclared.map(({ stream, durable }) => `${stream}/${durable}`) };
}

type Outcome = 'created' | 'updated' | 'unchanged';

async function ensureStream(manager: JetStreamManager, desired: DesiredStream): Promise<Outcome> {
  const present = await orNull(manager.streams.info(desired.name), STREAM_NOT_FOUND);
  if (!present) {
    await manager.streams.add(desired);
    return 'created';
  }
  if (!differs(desired, present.config)) return 'unchanged';
  await manager.streams.update(desired.name, { ...present.config, ...desired });
  return 'updated';
}

async function ensureConsumer(manager: JetStreamManager, { stream, config }: DesiredConsumer): Promise<Outcome> {
  const present = await orNull(manager.consumers.info(stream, config.durable_name), CONSUMER_NOT_FOUND);
  if (!present) {
    const { created } = await manager.streams.info(stream);
    await manager.consumers.add(stream, { ...config, ...startIn(created, config) });
    return 'created';
  }
  // Where a consumer began cannot be changed any more.
  const { deliver_policy: _began, ...changeable } = config;
  if (!differs(changeable, present.config)) return 'unchanged';
  await manager.consumers.update(stream, config.durable_name, changeable);
  return 'updated';
}

/**
 * A consumer of a stream that has just been made gets every event in it: relays publish to a stream before its consumers exist, and
 * what the stream took meanwhile must not be left out.
 */
function startIn(created: string, { deliver_policy }: DesiredConsumer['config']): Partial<ConsumerConfig> {
  const isYoung = Date.now() - Date.parse(created) < YOUNG_MS;
  if (deliver_policy !== DeliverPolicy.New || !isYoung) return {};
  return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: created };
}

/** Put there once, whoever migrates at the same time. */
async function ensureTurn({ jetstream }: Nats, subject: string): Promise<void> {
  const put = jetstream.publish(subject, '', { expect: { streamName: TURNS.stream, lastSubjectSequence: 0 } });
  await orNull(put, WRONG_LAST_SEQUENCE);
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

/** Whether the server has another value for something that we ask for; what we leave to it does not count. */
function differs(desired: object, present: object): boolean {
  const actual = new Map<string, unknown>(Object.entries(present));
  return Object.entries(desired).some(([key, value]) => JSON.stringify(actual.get(key)) !== JSON.stringify(value));
}
