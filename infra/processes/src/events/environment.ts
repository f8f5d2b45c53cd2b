import type { NatsServer, TopologySettings } from '@souk/platform/nats';
import { z } from 'zod';
import { streamSettings, streamVariables } from '../migration/stream-variables.ts';
import { natsProblems, natsServer, natsVariables } from '../nats-variables.ts';
import { readVariables, type Variables } from '../variables.ts';

/** The settings of `npm run events`. */
export interface EventsEnvironment {
  readonly nats: NatsServer;
  readonly streams: TopologySettings;
}

const schema = z.object({ ...natsVariables, ...streamVariables });

/** Reads the environment. @throws StartFailure that lists every problem with its remedy. */
export function readEventsEnvironment(variables: Variables = process.env): EventsEnvironment {
  const read = readVariables(schema, variables, 'events', natsProblems);
  return { nats: natsServer(read), streams: streamSettings(read) };
}
