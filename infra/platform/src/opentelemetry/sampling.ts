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
   * Share of the traces that begin here or at a client: 0 none, 1 all. The trace id decides, so every process agrees.
   */
  readonly ratio: number;
  /**
   * Whether clients decide for traces that they begin. Only for trusted clients: each of them can have every trace
   * recorded.
   */
  readonly clientsDecide: boolean;
}

/** Within Souk, the first span of a trace decides for all others. */
export function samplerOf({ ratio, clientsDecide }: Sampling): Sampler {
  const root = ratioSampler(ratio);
  if (clientsDecide) return new ParentBasedSampler({ root });
  return new ParentBasedSampler({ root, remoteParentSampled: root, remoteParentNotSampled: root });
}

function ratioSampler(ratio: number): Sampler {
  if (ratio >= 1) return new AlwaysOnSampler();
  return ratio <= 0 ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
}
