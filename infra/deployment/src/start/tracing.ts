import { openTelemetryTracer, type OpenTelemetryTracer } from '@souk/platform/opentelemetry';
import type { Logger } from '@souk/kit/runtime';
import type { TracingSettings } from '../variables/tracing-variables.ts';

/** @param name the default service name in traces */
export function openTracer(
  { serviceName, ...settings }: TracingSettings,
  name: string,
  logger: Logger,
): OpenTelemetryTracer {
  return openTelemetryTracer({
    ...settings,
    serviceName: serviceName ?? name,
    onError: (error) =>
      logger.warn(
        { error },
        'trace export failed, these spans are lost: check the collector at OTEL_EXPORTER_OTLP_ENDPOINT',
      ),
  });
}
