import { z } from 'zod';
import { natsUrl, readVariables, required, type Variables } from '../variables.ts';

const schema = z.object({ NATS_URL: required(natsUrl) });

/** @returns where NATS is. @throws StartFailure with the remedy when that is not said. */
export function readEventsEnvironment(variables: Variables = process.env): { readonly natsUrl: string } {
  return { natsUrl: readVariables(schema, variables, 'events').NATS_URL };
}
