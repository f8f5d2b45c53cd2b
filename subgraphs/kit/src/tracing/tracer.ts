import type { RequestContext, TraceContext } from '../context/index.ts';

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** What a span is from its beginning. */
export interface SpanStart {
  /** Of a bounded set: backends group by it. */
  readonly name: string;
  readonly kind: 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER' | 'INTERNAL';
  /** Undefined begins a trace. */
  readonly parent: TraceContext | undefined;
  /** Whether a client named the parent: then the trace goes on, but whether it is recorded is for us to say. Default: false. */
  readonly fromClient?: boolean;
  readonly attributes?: SpanAttributes;
}

/** Something that takes time, as traces show it. */
export interface Span {
  /** To hand on to what it causes. */
  readonly trace: TraceContext | undefined;
  /** What was not known when it began. */
  describe(name: string, attributes: SpanAttributes): void;
  fail(error: unknown): void;
  end(): void;
}

/**
 * Records what happens where, across processes. It is a part like any other: who has none traces nothing, and pays nothing.
 * Nothing is patched, so there are the spans that the code names and no others.
 */
export interface Tracer {
  start(start: SpanStart): Span;
}

/** Does work in a span. What it throws is noted and thrown on. */
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

/** The context of what a span causes. */
export function underSpan(ctx: RequestContext, { trace }: Span): RequestContext {
  return trace ? { ...ctx, trace } : ctx;
}
