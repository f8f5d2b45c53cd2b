import { NatsError, type JetStreamManager } from 'nats';
import type { Nats } from './nats.ts';
import { descriptionOf, partitionsIn } from './partitions.ts';
import { PROCESSES } from './subjects.ts';
import type { Topology } from './topology.ts';

/** How long running processes may take to answer the migration, in ms. */
const ROLL_CALL_MS = 1000;

/** Matches the name of a durable consumer of one partition: `orders_follow-payment_payments_7`. */
const PARTITION = /^(.+)_(\d+)$/;

/** Thrown when the number of partitions cannot change now, because events of an aggregate could get out of order. */
export class PartitionsInUseError extends Error {
  constructor(from: number, to: number, obstacles: readonly string[]) {
    super(
      [
        `The streams have ${from} partitions. Changing to ${to} would put pending events of one aggregate into two partitions, and their order`,
        'would be lost. Wait until every event is handled, then stop every process of a subgraph, and migrate again. In the way:',
        ...obstacles.map((each) => `  ${each}`),
      ].join('\n'),
    );
    this.name = 'PartitionsInUseError';
  }
}

/**
 * Finds the existing streams with a different number of partitions than desired. The result contains the current number of partitions of
 * each stream.
 */
export async function repartitioned(
  manager: JetStreamManager,
  { streams, partitions }: Topology,
): Promise<ReadonlyMap<string, number>> {
  const present = new Map<string, number>();
  const eventStreams = new Set(streams.filter(({ description }) => description !== undefined).map(({ name }) => name));
  for await (const { config } of manager.streams.list()) {
    const count = partitionsIn(config);
    if (eventStreams.has(config.name) && count !== partitions) present.set(config.name, count);
  }
  return present;
}

/** Checks that the streams are not in use. @throws PartitionsInUseError when they are in use */
export async function requireQuiet(
  nats: Nats,
  manager: JetStreamManager,
  changing: ReadonlyMap<string, number>,
  partitions: number,
): Promise<void> {
  const [[, from] = ['', partitions]] = changing;
  const running = await runningProcesses(nats);
  const obstacles = [
    ...(await unhandledEvents(manager, [...changing.keys()])),
    ...(running.length > 0 ? [`still running: ${running.join(', ')}`] : []),
  ];
  if (obstacles.length > 0) throw new PartitionsInUseError(from, partitions, obstacles);
}

/**
 * Publishes the new number of partitions, which processes use from now on. Deletes the consumers of partitions that no longer exist. These
 * consumers have no pending events.
 */
export async function commitPartitions(
  manager: JetStreamManager,
  changing: ReadonlyMap<string, number>,
  { consumers, partitions }: Topology,
): Promise<void> {
  const declared = new Set(consumers.map(({ config }) => config.durable_name));
  for (const stream of changing.keys()) {
    const { config } = await manager.streams.info(stream);
    await manager.streams.update(stream, { ...config, description: descriptionOf(partitions) });
    for await (const { name } of manager.consumers.list(stream)) {
      const [, reader] = PARTITION.exec(name) ?? [];
      if (declared.has(`${reader}_0`) && !declared.has(name)) await manager.consumers.delete(stream, name);
    }
  }
}

async function runningProcesses({ connection }: Nats): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const answer of await connection.requestMany(PROCESSES, '', { maxWait: ROLL_CALL_MS })) {
      if (!(answer instanceof Error)) names.push(answer.string());
    }
  } catch (error) {
    if (!(error instanceof NatsError && error.code === '503')) throw error; // 503: no process answers
  }
  return names.toSorted();
}

async function unhandledEvents(manager: JetStreamManager, streams: readonly string[]): Promise<string[]> {
  const obstacles: string[] = [];
  for (const stream of streams) {
    const counts = new Map<string, number>();
    for await (const { name, num_pending, num_ack_pending } of manager.consumers.list(stream)) {
      const [, reader] = PARTITION.exec(name) ?? [];
      if (reader !== undefined) counts.set(reader, (counts.get(reader) ?? 0) + num_pending + num_ack_pending);
    }
    for (const [reader, count] of counts) {
      if (count > 0) obstacles.push(`not handled yet: ${count} events of ${stream} by ${reader}`);
    }
  }
  return obstacles;
}
