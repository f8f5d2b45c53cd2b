import type { TopologySettings } from '@souk/platform/nats';
import { z } from 'zod';
import { optional } from '../variables.ts';

const whole = (least: number, most: number, what: string) => {
  const problem = `must be ${what}, from ${least} to ${most}; leave it out to keep the streams' value`;
  return optional(z.coerce.number(problem).int(problem).min(least, problem).max(most, problem));
};

/**
 * The environment variables with stream settings. Only the migration reads these variables, because processes read the settings from the
 * streams.
 */
export const streamVariables = {
  NATS_REPLICAS: whole(1, 5, 'the number of NATS servers that store each event (1, 3 or 5)'),
  NATS_PARTITIONS: whole(1, 1024, 'the number of events that a consumer handles at the same time'),
  NATS_KEEP_DAYS: whole(1, 365, 'the number of days that events are kept'),
  NATS_STREAM_MIB: whole(
    1,
    1_048_576,
    'the size limit of each stream in MiB, beyond which the oldest events are deleted',
  ),
};

/** The settings whose variables are set. Other settings of the streams do not change. */
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
