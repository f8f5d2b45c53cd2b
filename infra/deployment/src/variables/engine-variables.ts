import type { GatewayOptions } from '@souk/gateway';
import { z } from 'zod';

/** Converts an empty variable to undefined, so it has the same effect as a missing variable. */
const unset = (value: unknown) => (value === '' ? undefined : value);

const ENGINES = ['own', 'apollo'] as const;
const SHARE = 'must be a share of queries from 0 to 1, like 0.01; leave it out for 0';

/** The environment variables that choose the engine of a gateway. */
export const engineVariables = {
  SOUK_ENGINE: z.preprocess(
    unset,
    z.enum(ENGINES, `must be ${ENGINES.join(' or ')}; leave it out for own`).default('own'),
  ),
  SOUK_SHADOW: z.preprocess(unset, z.coerce.number(SHARE).min(0, SHARE).max(1, SHARE).default(0)),
} as const;

/** The engine that answers queries and mutations, and the share of queries that the other engine also runs for comparison. */
export type EngineSettings = Pick<GatewayOptions, 'engine' | 'shadow'>;

/** Converts the variables to engine settings. */
export function engineSettings(variables: z.infer<z.ZodObject<typeof engineVariables>>): EngineSettings {
  const { SOUK_ENGINE: engine, SOUK_SHADOW: share } = variables;
  return { engine, shadow: share === 0 ? null : { share } };
}
