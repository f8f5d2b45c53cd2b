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
   * The share of traces to record, from 0 to 1, among the traces that begin here or at a client. The decision depends on the trace id
   * alone, so all processes decide alike.
   */
  readonly ratio: number;
  /** Whether a client's sampled flag is respected. For trusted clients only, because a client can then have all of its traces recorded. */
  readonly clientsDecide: boolean;
}

/** Creates the sampler of the SDK. All other spans of a trace follow the decision for the first span of the trace in Souk. */
export function samplerOf({ ratio, clientsDecide }: Sampling): Sampler {
  const root = ratioSampler(ratio);
  if (clientsDecide) return new ParentBasedSampler({ root });
  return new ParentBasedSampler({ root, remoteParentSampled: root, remoteParentNotSampled: root });
}

function ratioSampler(ratio: number): Sampler {
  if (ratio >= 1) return new AlwaysOnSampler();
  return ratio <= 0 ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
}
