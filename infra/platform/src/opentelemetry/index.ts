export {
  openTelemetryTracer,
  type OpenTelemetryOptions,
  type OpenTelemetryTracer,
  type OtlpTarget,
} from './open-telemetry.ts';
export type { Sampling } from './sampling.ts';
/** Keeps exported spans in memory, for tests. */
export { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
