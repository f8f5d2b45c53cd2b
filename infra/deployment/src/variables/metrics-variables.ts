import type { MetricsPlace } from '@souk/platform/http';
import { z } from 'zod';

/** An empty variable counts as not set. */
const unset = (value: unknown) => (value === '' ? undefined : value);

/** METRICS_PORT minus PORT, by default. PORT 4000 gives 9464, which Prometheus' list of ports reserves for OpenTelemetry's exporter. */
const DISTANCE = 5464;

const PORT = `must be a port from 0 (any that is free) to 65535; leave it out for PORT + ${DISTANCE}`;

/** The variables for the host and port of `/metrics`. */
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

type MetricsVariables = z.infer<z.ZodObject<typeof metricsVariables>> & { readonly PORT: number };

/**
 * The host and port of `/metrics`. The default is never the main port, because a proxy on this machine may forward every path of the main
 * port to strangers. Without METRICS_PORT, the port is PORT plus `DISTANCE`, or any free port if this port is in use.
 */
export function metricsPlace({ METRICS_PORT: port, METRICS_HOST: host, PORT: main }: MetricsVariables): MetricsPlace {
  if (port !== undefined) return { host, port };
  return { host, port: defaultPort(main), orFree: true };
}

function defaultPort(main: number): number {
  if (main === 0) return 0;
  return main + DISTANCE <= 65_535 ? main + DISTANCE : main - DISTANCE;
}
