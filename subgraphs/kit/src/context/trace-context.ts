/** Where in a trace something happens (W3C Trace Context): what is handed on to whatever it causes. */
export interface TraceContext {
  /** Version 00: trace id, id of the span that is the parent, flags. */
  readonly traceparent: string;
  /** What tracing systems say to themselves; handed on as it came. */
  readonly tracestate?: string;
}

/** Section 3.2: no version ff, no id of zeros. Versions to come begin with the same fields. */
const TRACEPARENT = /^(?!ff)([\da-f]{2})-((?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2})(-.*)?$/;

/** Section 3.3.1.5: so much is to be handed on at least. */
const TRACESTATE = /^[\x20-\x7e]{1,512}$/;

/** The trace that headers or metadata name; undefined when they name none that is well formed. */
export function traceOf(carrier: Readonly<Record<string, unknown>>): TraceContext | undefined {
  const { traceparent, tracestate } = carrier;
  const [, version, ids, more] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent)) || [];
  if (ids === undefined || (version === '00' && more !== undefined)) return undefined;
  const parent = { traceparent: `00-${ids}` };
  return typeof tracestate === 'string' && TRACESTATE.test(tracestate) ? { ...parent, tracestate } : parent;
}

/** Whether somebody records the trace. */
export function isSampled(trace: TraceContext | undefined): trace is TraceContext {
  return trace !== undefined && (Number.parseInt(trace.traceparent.slice(-2), 16) & 1) === 1;
}

/** The id of the trace, 32 hexadecimal digits: what logs and traces have in common. */
export function traceIdOf(trace: TraceContext): string {
  return trace.traceparent.slice(3, 35);
}
