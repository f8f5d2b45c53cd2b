import type { RequestContext, TraceContext } from '../context/index.ts';

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** The name, kind and attributes of a span that are known when it begins. */
export interface SpanStart {
  /** The name, from a bounded set of names, because tracing systems group spans by name. */
  readonly name: string;
  readonly kind: 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER' | 'INTERNAL';
  /** The parent span. Undefined starts a new trace. */
  readonly parent: TraceContext | undefined;
  /**
   * Whether the parent comes from a client's request. The trace then continues, but Souk's own sampling decides whether it is recorded.
   * @default false
   */
  readonly fromClient?: boolean;
  readonly attributes?: SpanAttributes;
}

/** A timed piece of work in a trace. */
export interface Span {
  /** The trace context for everything that the span causes. */
  readonly trace: TraceContext | undefined;
  /** Renames the span and adds attributes that were not known when it began. */
  describe(name: string, attributes: SpanAttributes): void;
  fail(error: unknown): void;
  end(): void;
}

/**
 * Records spans across processes. A tracer is an ordinary dependency. Without it, no span is recorded and tracing costs nothing. No library
 * is patched, so only spans that the code creates exist.
 */
export interface Tracer {
  start(start: SpanStart): Span;
}

/** Runs work in a span. An error is recorded and rethrown. */
export async function inSpan<Value>(
  tracer: Tracer,
  start: SpanStart,
  work: (span: Span) => Promise<Value>,
): Promise<Value> {
  const span = tracer.start(start);
  try {
    return await work(span);
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}

/** The request context for work that a span causes. */
export function underSpan(ctx: RequestContext, { trace }: Span): RequestContext {
  return trace ? { ...ctx, trace } : ctx;
}
