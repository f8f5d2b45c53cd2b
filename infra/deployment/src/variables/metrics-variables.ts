import { listensOnLoopback, type MetricsPlace } from '@souk/platform/http';
import { z } from 'zod';

/** An empty variable counts as not set. */
const unset = (value: unknown) => (value === '' ? undefined : value);

const PORT =
  'must be a port from 0 (any that is free) to 65535; leave it out to serve /metrics on the main port while only this machine reaches that port';

/** The variables for the place of `/metrics`. */
export const metricsVariables = {
  METRICS_PORT: z.preprocess(unset, z.coerce.number(PORT).int(PORT).min(0, PORT).max(65_535, PORT).optional()),
  METRICS_HOST: z.preprocess(
    unset,
    z
      .string()
      .regex(/^[\w.:-]+$/, 'must be an address without a scheme, like 127.0.0.1; 0.0.0.0 listens on all addresses')
      .default('127.0.0.1'),
  ),
};

/** All variables that determine the place of `/metrics`. */
type MetricsVariables = z.infer<z.ZodObject<typeof metricsVariables>> & {
  readonly HOST: string;
  readonly SOUK_TRUSTED_PROXIES?: readonly string[];
};

/**
 * The place of `/metrics` from METRICS_PORT and METRICS_HOST. Without METRICS_PORT the place is the main port when only this machine can
 * reach it, and otherwise null.
 */
export function metricsPlace(read: MetricsVariables): MetricsPlace {
  const { METRICS_PORT: port, METRICS_HOST: host, HOST, SOUK_TRUSTED_PROXIES: proxies = [] } = read;
  if (port !== undefined) return { host, port };
  return listensOnLoopback(HOST) && proxies.length === 0 ? 'MAIN_PORT' : null;
}
