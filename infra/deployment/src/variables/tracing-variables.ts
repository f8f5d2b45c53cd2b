import type { OpenTelemetryOptions } from '@souk/platform/opentelemetry';
import { z } from 'zod';

/** The collector that receives traces, and the share of requests that are traced. */
export type TracingSettings = Pick<OpenTelemetryOptions, 'target' | 'sampling'> & {
  /** The service name in traces. Null uses the name of the program. */
  readonly serviceName: string | null;
};

/** Converts an empty variable to undefined, so it has the same effect as a missing variable. */
const unset = (value: unknown) => (value === '' ? undefined : value);

const SAMPLERS = ['traceidratio', 'parentbased_traceidratio', 'always_on', 'always_off'] as const;

const RATIO = 'must be a share of all traces, from 0 (none) to 1 (all); leave it out for 0.05';

const HEADERS = 'must look like name=value,other=value, with values percent-encoded';

/**
 * The environment variables of OpenTelemetry's specification ("General SDK Configuration", "OTLP exporter") that Souk supports. Two
 * defaults differ from the specification: one trace in twenty is recorded, and the sampling decision of a client is ignored.
 */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z.preprocess(
    unset,
    z
      .url({
        protocol: /^https?$/,
        error:
          'must be the URL of a collector for OTLP over HTTP, like http://127.0.0.1:4318; leave it out for no traces',
      })
      .optional(),
  ),
  OTEL_EXPORTER_OTLP_HEADERS: z.preprocess(
    unset,
    z
      .string()
      .regex(/^[^=,]+=[^,]*(,[^=,]+=[^,]*)*$/, HEADERS)
      .default(''),
  ),
  OTEL_SERVICE_NAME: z.preprocess(unset, z.string().optional()),
  OTEL_TRACES_SAMPLER: z.preprocess(
    unset,
    z.enum(SAMPLERS, `must be one of ${SAMPLERS.join(', ')}; leave it out for traceidratio`).default('traceidratio'),
  ),
  OTEL_TRACES_SAMPLER_ARG: z.preprocess(unset, z.coerce.number(RATIO).min(0, RATIO).max(1, RATIO).default(0.05)),
};

/** Converts the variables to tracing settings. Null when no collector is configured. */
export function tracingSettings(read: z.infer<z.ZodObject<typeof tracingVariables>>): TracingSettings | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER: sampler } = read;
  if (endpoint === undefined) return null;
  return {
    target: { url: `${endpoint.replace(/\/$/, '')}/v1/traces`, headers: headersOf(read.OTEL_EXPORTER_OTLP_HEADERS) },
    sampling: {
      ratio: sampler === 'always_on' ? 1 : sampler === 'always_off' ? 0 : read.OTEL_TRACES_SAMPLER_ARG,
      clientsDecide: sampler === 'parentbased_traceidratio',
    },
    serviceName: read.OTEL_SERVICE_NAME ?? null,
  };
}

/** Parses the value of OTEL_EXPORTER_OTLP_HEADERS: `name=value` pairs, separated by commas, with percent-encoded values. */
function headersOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())];
    }),
  );
}
