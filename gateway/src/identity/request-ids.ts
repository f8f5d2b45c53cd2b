import { isUuid } from '@souk/kit/domain';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A valid correlation id: at most 128 characters, without characters that have a meaning in a log or a header. */
const CORRELATION_ID = /^[\w.:-]{1,128}$/;

/** The client's `X-Request-ID` when it is a UUID, otherwise a new UUID. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && isUuid(given) ? given.toLowerCase() : randomUUID();
}

/** The client's `X-Correlation-ID` when it is valid, otherwise the request id. */
export function correlationIdOf(headers: IncomingHttpHeaders, requestId: string): string {
  const given = headers['x-correlation-id'];
  return typeof given === 'string' && CORRELATION_ID.test(given) ? given : requestId;
}
