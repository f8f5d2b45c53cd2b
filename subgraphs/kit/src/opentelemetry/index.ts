export {
  openTelemetryTracer,
  type OpenTelemetryOptions,
  type OpenTelemetryTracer,
  type OtlpTarget,
} from './open-telemetry.ts';
export type { Sampling } from './sampling.ts';
