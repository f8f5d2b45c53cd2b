import type { OpenTelemetryTracer } from '@souk/platform/opentelemetry';
import type { Logger } from '@souk/kit/runtime';
import type { TracingSettings } from '../variables/tracing-variables.ts';

/**
 * Opens the tracer. The import is dynamic, so a start without tracing does not load OpenTelemetry.
 * @param name default service name in traces
 */
export async function openTracer(
  { serviceName, ...settings }: TracingSettings,
  name: string,
  logger: Logger,
): Promise<OpenTelemetryTracer> {
  const { openTelemetryTracer } = await import('@souk/platform/opentelemetry');
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
