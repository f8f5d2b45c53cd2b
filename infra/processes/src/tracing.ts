import { openTracer } from '@souk/deployment/start';
import type { TracingSettings } from '@souk/deployment/variables';
import type { Logger } from '@souk/kit/runtime';
import type { Tracer } from '@souk/kit/tracing';

/** The tracer of a process, if it has one. */
export interface ProcessTracing {
  /** What the parts of the process take: nothing where nothing is traced. */
  readonly part: { readonly tracer?: Tracer };
  /** Exports what there is. A collector that is away must not keep a process from stopping. */
  stop(): Promise<void>;
}

/** @param process in traces it is called `souk-<process>`, unless the settings say otherwise. */
export function openTracing(settings: TracingSettings | null, process: string, logger: Logger): ProcessTracing {
  if (!settings) return { part: {}, stop: async () => undefined };
  const tracer = openTracer(settings, `souk-${process}`, logger);
  return { part: { tracer }, stop: () => tracer.stop().catch(() => undefined) };
}
