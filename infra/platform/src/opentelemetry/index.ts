export {
  openTelemetryTracer,
  type OpenTelemetryOptions,
  type OpenTelemetryTracer,
  type OtlpTarget,
} from './open-telemetry.ts';
export type { Sampling } from './sampling.ts';
/** For tests: stores exported spans in memory. */
export { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
