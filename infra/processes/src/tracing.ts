import { openTracer } from '@souk/deployment/start';
import type { TracingSettings } from '@souk/deployment/variables';
import type { Logger } from '@souk/kit/runtime';
import type { Tracer } from '@souk/kit/tracing';

/** The tracer of a process. Without tracing there is none. */
export interface ProcessTracing {
  /** The options that the parts of the process receive. Empty without tracing. */
  readonly part: { readonly tracer?: Tracer };
  /** Exports the buffered spans. An unreachable collector must not keep the process from stopping. */
  stop(): Promise<void>;
}

/** @param process gives the default service name, `souk-<process>` */
export async function openTracing(
  settings: TracingSettings | null,
  process: string,
  logger: Logger,
): Promise<ProcessTracing> {
  if (!settings) return { part: {}, stop: async () => undefined };
  const tracer = await openTracer(settings, `souk-${process}`, logger);
  return { part: { tracer }, stop: () => tracer.stop().catch(() => undefined) };
}
