import { millis, type StreamConfig } from 'nats';
import type { Nats } from './nats.ts';
import { partitionsIn } from './partitions.ts';
import { DEAD_LETTERS, REPLAYS, TURNS } from './subjects.ts';
import { DEFAULT_MAX_BYTES, type TopologySettings } from './topology.ts';

const DAY_MS = 86_400_000;
const INTERNAL: readonly string[] = [DEAD_LETTERS.stream, REPLAYS.stream, TURNS.stream];

/** Thrown when the default size limit would delete events of a stream without a limit. */
export class UnlimitedStreamError extends Error {
  constructor(stream: string, bytes: number) {
    super(
      `Stream ${stream} has no limit and holds ${bytes} bytes, more than the default limit of ${DEFAULT_MAX_BYTES}`,
    );
    this.name = 'UnlimitedStreamError';
  }
}

/**
 * The settings for a migration. A setting that is not requested keeps the value of the existing streams, so a migration without arguments
 * does not change a cluster's replicas.
 * @throws UnlimitedStreamError when the default limit would delete events
 * @throws Error when streams differ in a setting that is not requested, after an interrupted change
 */
export async function settingsInForce(nats: Nats, asked: TopologySettings = {}): Promise<TopologySettings> {
  const manager = await nats.connection.jetstreamManager();
  const streams: StreamConfig[] = [];
  for await (const { config, state } of manager.streams.list()) {
    if (!config.name.startsWith('SOUK_') || INTERNAL.includes(config.name)) continue;
    streams.push(config);
    if (asked.maxBytes === undefined && config.max_bytes < 0 && state.bytes > DEFAULT_MAX_BYTES)
      throw new UnlimitedStreamError(config.name, state.bytes);
  }
  const inForce = (what: string, wanted: number | undefined, of: (stream: StreamConfig) => number | null) =>
    wanted ?? agreed(what, new Set(streams.map(of).filter((value) => value !== null)));
  const partitions = inForce('partitions', asked.partitions, partitionsIn);
  const replicas = inForce('replicas', asked.replicas, ({ num_replicas }) => num_replicas);
  const keepDays = inForce('days', asked.keepDays, ({ max_age }) => millis(max_age) / DAY_MS);
  // A limit of -1 means that an earlier version of Souk created the stream without a limit.
  const maxBytes = inForce('bytes', asked.maxBytes, ({ max_bytes }) => (max_bytes > 0 ? max_bytes : null));
  return {
    ...(partitions !== undefined && { partitions }),
    ...(replicas !== undefined && { replicas }),
    ...(keepDays !== undefined && { keepDays }),
    ...(maxBytes !== undefined && { maxBytes }),
  };
}

function agreed(what: string, values: ReadonlySet<number>): number | undefined {
  const [first, second] = values;
  if (second === undefined) return first;
  throw new Error(
    `The streams differ in their ${what} (${[...values].join(', ')}): pass the number that all of them should have`,
  );
}
