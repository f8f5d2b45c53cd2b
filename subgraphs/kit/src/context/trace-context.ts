/** The trace and the parent span of a request (W3C Trace Context). All work that the request causes continues this trace. */
export interface TraceContext {
  /** The header field `traceparent` in version 00: the trace id, the id of the parent span, and flags. */
  readonly traceparent: string;
  /** Vendor data of tracing systems. Souk propagates it unchanged. */
  readonly tracestate?: string;
}

/**
 * The form of `traceparent` (W3C Trace Context 3.2). Version ff and ids of zeros are invalid. Later versions begin with the same fields.
 */
const TRACEPARENT = /^(?!ff)([\da-f]{2})-((?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2})(-.*)?$/;

/**
 * Matches a `tracestate` of up to 512 characters, the length that every system must propagate (W3C Trace Context
 * 3.3.1.5).
 */
const TRACESTATE = /^[\x20-\x7e]{1,512}$/;

/**
 * Reads the trace context from header fields or message metadata. Undefined when the trace context is missing or
 * malformed.
 */
export function traceOf(carrier: Readonly<Record<string, unknown>>): TraceContext | undefined {
  const { traceparent, tracestate } = carrier;
  const [, version, ids, more] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent)) || [];
  if (ids === undefined || (version === '00' && more !== undefined)) return undefined;
  const parent = { traceparent: `00-${ids}` };
  return typeof tracestate === 'string' && TRACESTATE.test(tracestate) ? { ...parent, tracestate } : parent;
}

/** Whether the sampled flag of the trace is set. Souk records spans for sampled traces only. */
export function isSampled(trace: TraceContext | undefined): trace is TraceContext {
  return trace !== undefined && (Number.parseInt(trace.traceparent.slice(-2), 16) & 1) === 1;
}

/** The trace id, 32 hexadecimal digits. Logs and traces share this id. */
export function traceIdOf(trace: TraceContext): string {
  return trace.traceparent.slice(3, 35);
}
