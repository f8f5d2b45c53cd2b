import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace as api, type SpanContext } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { isSampled, type TraceContext } from '@souk/kit/context';
import type { Span, SpanStart, Tracer } from '@souk/kit/tracing';
import { reporting } from './reporting-exporter.ts';
import { samplerOf, type Sampling } from './sampling.ts';

/** A collector that accepts OTLP over HTTP. */
export interface OtlpTarget {
  /** The URL with its path, usually `/v1/traces`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface OpenTelemetryOptions {
  /** The `service.name` in traces, such as `souk-gateway`. */
  readonly serviceName: string;
  readonly sampling: Sampling;
  /** The receiver of spans: an OTLP collector, or a custom exporter. */
  readonly target: OtlpTarget | SpanExporter;
  /** Called when an export of spans failed. The spans are lost. Requests do not wait for exports. */
  readonly onError: (error: unknown) => void;
}

/** A tracer that buffers spans until they are exported. */
export interface OpenTelemetryTracer extends Tracer {
  /** Exports the buffered spans. */
  flush(): Promise<void>;
  /** Exports the buffered spans, and accepts no more spans. */
  stop(): Promise<void>;
}

const KINDS = {
  SERVER: SpanKind.SERVER,
  CLIENT: SpanKind.CLIENT,
  PRODUCER: SpanKind.PRODUCER,
  CONSUMER: SpanKind.CONSUMER,
  INTERNAL: SpanKind.INTERNAL,
} as const;

/** Creates a tracer with the OpenTelemetry SDK. It registers no global provider and patches no library. */
export function openTelemetryTracer(options: OpenTelemetryOptions): OpenTelemetryTracer {
  const { serviceName, sampling, target, onError } = options;
  const exporter =
    'url' in target ? new OTLPTraceExporter({ url: target.url, headers: { ...target.headers } }) : target;
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: samplerOf(sampling),
    spanProcessors: [new BatchSpanProcessor(reporting(exporter, onError))],
  });
  const tracer = provider.getTracer('souk');
  return {
    start(start) {
      // A span below a span that is not sampled is not sampled either. This shortcut serves most traces.
      if (start.parent && !start.fromClient && !isSampled(start.parent)) return new UnrecordedSpan(start.parent);
      const parent = start.parent
        ? api.setSpanContext(ROOT_CONTEXT, spanContextOf(start.parent, start.fromClient ?? false))
        : ROOT_CONTEXT;
      const { name, kind, attributes = {} } = start;
      return new RecordedSpan(tracer.startSpan(name, { kind: KINDS[kind], attributes }, parent));
    },
    flush: () => provider.forceFlush(),
    stop: () => provider.shutdown(),
  };
}

function spanContextOf({ traceparent, tracestate }: TraceContext, isRemote: boolean): SpanContext {
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-');
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote };
  return tracestate === undefined ? context : { ...context, traceState: new TraceState(tracestate) };
}

class UnrecordedSpan implements Span {
  readonly trace: TraceContext;

  constructor(parent: TraceContext) {
    this.trace = parent;
  }

  describe(): void {}
  fail(): void {}
  end(): void {}
}

class RecordedSpan implements Span {
  readonly trace: TraceContext;
  readonly #span: ReturnType<ReturnType<BasicTracerProvider['getTracer']>['startSpan']>;

  constructor(span: ReturnType<ReturnType<BasicTracerProvider['getTracer']>['startSpan']>) {
    const { traceId, spanId, traceFlags, traceState } = span.spanContext();
    const traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
    const tracestate = traceState?.serialize();
    this.#span = span;
    this.trace = tracestate ? { traceparent, tracestate } : { traceparent };
  }

  describe(name: string, attributes: NonNullable<SpanStart['attributes']>): void {
    this.#span.updateName(name).setAttributes({ ...attributes });
  }

  /** Records only the class of the error, because messages may contain a user's input. */
  fail(error: unknown): void {
    const type = error instanceof Error ? error.name : typeof error;
    this.#span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR, message: type });
  }

  end(): void {
    this.#span.end();
  }
}
