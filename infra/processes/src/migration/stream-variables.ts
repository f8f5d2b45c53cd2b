import type { TopologySettings } from '@souk/platform/nats';
import { z } from 'zod';
import { optional } from '../variables.ts';

const whole = (least: number, most: number, what: string) => {
  const problem = `must be ${what}, from ${least} to ${most}; leave it out for what the streams have`;
  return optional(z.coerce.number(problem).int(problem).min(least, problem).max(most, problem));
};

/** What the migration alone is told of the streams; processes ask the streams themselves. */
export const streamVariables = {
  NATS_REPLICAS: whole(1, 5, 'on how many servers of a cluster of NATS events are kept, 1, 3 or 5'),
  NATS_PARTITIONS: whole(1, 1024, 'how many events a consumer handles at the same time'),
  NATS_KEEP_DAYS: whole(1, 365, 'for how many days events are kept'),
  NATS_STREAM_MIB: whole(1, 1_048_576, 'how many MiB each stream may hold, beyond which the oldest events go'),
};

/** Without what is left to the streams. */
export function streamSettings(read: z.infer<z.ZodObject<typeof streamVariables>>): TopologySettings {
  const {
    NATS_REPLICAS: replicas,
    NATS_PARTITIONS: partitions,
    NATS_KEEP_DAYS: keepDays,
    NATS_STREAM_MIB: mebibytes,
  } = read;
  return {
    ...(replicas !== null && { replicas }),
    ...(partitions !== null && { partitions }),
    ...(keepDays !== null && { keepDays }),
    ...(mebibytes !== null && { maxBytes: mebibytes * 1024 ** 2 }),
  };
}
