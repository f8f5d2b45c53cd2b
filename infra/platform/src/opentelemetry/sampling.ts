import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace-base';

/** Decides which traces are recorded. */
export interface Sampling {
  /**
   * The share of the recorded traces among those that begin here or at a client: 0 none, 1 all. The trace id decides, so that every process
   * decides alike.
   */
  readonly ratio: number;
  /**
   * Whether clients decide about traces that they begin. For trusted clients only, because each client can then have every trace recorded.
   */
  readonly clientsDecide: boolean;
}

/** Within Souk, the decision at the first span of a trace holds for all other spans. */
export function samplerOf({ ratio, clientsDecide }: Sampling): Sampler {
  const root = ratioSampler(ratio);
  if (clientsDecide) return new ParentBasedSampler({ root });
  return new ParentBasedSampler({ root, remoteParentSampled: root, remoteParentNotSampled: root });
}

function ratioSampler(ratio: number): Sampler {
  if (ratio >= 1) return new AlwaysOnSampler();
  return ratio <= 0 ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
}
