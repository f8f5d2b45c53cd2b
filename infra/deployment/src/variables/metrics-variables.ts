import { listensOnLoopback, type MetricsPlace } from '@souk/platform/http';
import { z } from 'zod';

/** A variable that is set to nothing counts as not set. */
const unset = (value: unknown) => (value === '' ? undefined : value);

const PORT =
  'must be a port from 0 (any that is free) to 65535; leave it out to serve /metrics beside the rest while no other machine reaches that';

/** The variables that say where `/metrics` is served. */
export const metricsVariables = {
  METRICS_PORT: z.preprocess(unset, z.coerce.number(PORT).int(PORT).min(0, PORT).max(65_535, PORT).optional()),
  METRICS_HOST: z.preprocess(
    unset,
    z
      .string()
      .regex(/^[\w.:-]+$/, 'must be an address without a scheme, like 127.0.0.1; 0.0.0.0 is every one of the machine')
      .default('127.0.0.1'),
  ),
};

/** The variables that decide, together. */
type MetricsVariables = z.infer<z.ZodObject<typeof metricsVariables>> & {
  readonly HOST: string;
  readonly SOUK_TRUSTED_PROXIES?: readonly string[];
};

/** A port of their own where one is named. Else the main port, unless other machines reach that: themselves, or by a proxy. */
export function metricsPlace(read: MetricsVariables): MetricsPlace {
  const { METRICS_PORT: port, METRICS_HOST: host, HOST, SOUK_TRUSTED_PROXIES: proxies = [] } = read;
  if (port !== undefined) return { host, port };
  return listensOnLoopback(HOST) && proxies.length === 0 ? 'MAIN_PORT' : null;
}
