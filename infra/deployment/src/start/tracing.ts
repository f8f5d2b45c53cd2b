import { openTelemetryTracer, type OpenTelemetryTracer } from '@souk/platform/opentelemetry';
import type { Logger } from '@souk/kit/runtime';
import type { TracingSettings } from '../variables/tracing-variables.ts';

/** @param name what the process is called in traces unless the settings say otherwise. */
export function openTracer(
  { serviceName, ...settings }: TracingSettings,
  name: string,
  logger: Logger,
): OpenTelemetryTracer {
  return openTelemetryTracer({
    ...settings,
    serviceName: serviceName ?? name,
    onError: (error) => logger.warn({ error }, 'traces could not be exported; these are lost'),
  });
}
