import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace-base';

/** Which traces are recorded. */
export interface Sampling {
  /** Of the traces that begin here, and of those that clients began: 0 none, 1 all. Decided by the trace id, so that every process agrees. */
  readonly ratio: number;
  /** Whether a client decides for the traces that it began. Only for clients whom we know: each of them can have everything recorded. */
  readonly clientsDecide: boolean;
}

/** Within Souk what began decides for all that it causes. */
export function samplerOf({ ratio, clientsDecide }: Sampling): Sampler {
  const root = ratioSampler(ratio);
  if (clientsDecide) return new ParentBasedSampler({ root });
  return new ParentBasedSampler({ root, remoteParentSampled: root, remoteParentNotSampled: root });
}

function ratioSampler(ratio: number): Sampler {
  if (ratio >= 1) return new AlwaysOnSampler();
  return ratio <= 0 ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
}
