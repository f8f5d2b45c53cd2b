import type { RequestContext } from './request-context.ts';
import { traceIdOf, traceOf } from './trace-context.ts';

/** The ids in every log line of a request. */
export interface LogIds {
  readonly requestId: string;
  readonly correlationId: string;
  readonly tenantId: string;
  readonly traceId?: string;
}

/** The ids of a request for the log. By these ids an operator finds the lines of the request in every process. */
export function logIds({ requestId, correlationId, tenantId, trace }: RequestContext): LogIds {
  return { requestId, correlationId, tenantId, ...(trace && { traceId: traceIdOf(trace) }) };
}

interface LoggedEvent {
  readonly event_id: string;
  readonly tenant_id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * The ids of an event and of its cause. The request id of the cause is the correlation id, unless the client sent its own correlation id.
 */
export function eventLogIds({ event_id, tenant_id, metadata }: LoggedEvent): Readonly<Record<string, unknown>> {
  const trace = traceOf(metadata);
  return {
    eventId: event_id,
    tenantId: tenant_id,
    correlationId: metadata['correlation_id'],
    ...(trace && { traceId: traceIdOf(trace) }),
  };
}
