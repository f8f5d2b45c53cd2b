import { openTracer } from '@souk/deployment/start';
import type { TracingSettings } from '@souk/deployment/variables';
import type { Logger } from '@souk/kit/runtime';
import type { Tracer } from '@souk/kit/tracing';

/** The tracing of a process. `part` is empty when tracing is off. */
export interface ProcessTracing {
  /** The option `tracer` for the platform and the transports of the process. */
  readonly part: { readonly tracer?: Tracer };
  /** Exports the buffered spans. A failed export is ignored, because an unreachable collector must not keep the process from stopping. */
  stop(): Promise<void>;
}

/** Opens the tracer. @param process part of the default service name, `souk-<process>` */
export async function openTracing(
  settings: TracingSettings | null,
  process: string,
  logger: Logger,
): Promise<ProcessTracing> {
  if (!settings) return { part: {}, stop: async () => undefined };
  const tracer = await openTracer(settings, `souk-${process}`, logger);
  return { part: { tracer }, stop: () => tracer.stop().catch(() => undefined) };
}
