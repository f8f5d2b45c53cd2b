import { millis, type StreamConfig } from 'nats';
import type { Nats } from './nats.ts';
import { partitionsIn } from './partitions.ts';
import { DEAD_LETTERS, REPLAYS, TURNS } from './subjects.ts';
import type { TopologySettings } from './topology.ts';

const DAY_MS = 86_400_000;
const INTERNAL: readonly string[] = [DEAD_LETTERS.stream, REPLAYS.stream, TURNS.stream];

/**
 * The settings to migrate with: what is asked for, else what the streams have. So a migration that is told nothing leaves a cluster
 * its replicas. @throws Error when streams differ in what is not asked for, after a change that was cut short.
 */
export async function settingsInForce(nats: Nats, asked: TopologySettings = {}): Promise<TopologySettings> {
  const manager = await nats.connection.jetstreamManager();
  const streams: StreamConfig[] = [];
  for await (const { config } of manager.streams.list()) {
    if (config.name.startsWith('SOUK_') && !INTERNAL.includes(config.name)) streams.push(config);
  }
  const inForce = (what: string, wanted: number | undefined, of: (stream: StreamConfig) => number) =>
    wanted ?? agreed(what, new Set(streams.map(of)));
  const partitions = inForce('partitions', asked.partitions, partitionsIn);
  const replicas = inForce('replicas', asked.replicas, ({ num_replicas }) => num_replicas);
  const keepDays = inForce('days', asked.keepDays, ({ max_age }) => millis(max_age) / DAY_MS);
  return {
    ...(partitions !== undefined && { partitions }),
    ...(replicas !== undefined && { replicas }),
    ...(keepDays !== undefined && { keepDays }),
  };
}

function agreed(what: string, values: ReadonlySet<number>): number | undefined {
  const [first, second] = values;
  if (second === undefined) return first;
  throw new Error(`Streams differ in their ${what} (${[...values].join(', ')}): say how many there are to be`);
}
