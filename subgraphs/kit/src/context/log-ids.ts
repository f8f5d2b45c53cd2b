import type { RequestContext } from './request-context.ts';
import { traceIdOf, traceOf } from './trace-context.ts';

/** What a line of a log says of whose work it is about. */
export interface LogIds {
  readonly requestId: string;
  readonly correlationId: string;
  readonly tenantId: string;
  readonly traceId?: string;
}

/** The ids of a request, for the log: by them its lines are found in every process. */
export function logIds({ requestId, correlationId, tenantId, trace }: RequestContext): LogIds {
  return { requestId, correlationId, tenantId, ...(trace && { traceId: traceIdOf(trace) }) };
}

/** What is logged of an event. */
interface LoggedEvent {
  readonly event_id: string;
  readonly tenant_id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The ids of an event and of what caused it; the request is the correlation id, unless a client gave one of its own. */
export function eventLogIds({ event_id, tenant_id, metadata }: LoggedEvent): Readonly<Record<string, unknown>> {
  const trace = traceOf(metadata);
  return {
    eventId: event_id,
    tenantId: tenant_id,
    correlationId: metadata['correlation_id'],
    ...(trace && { traceId: traceIdOf(trace) }),
  };
}
