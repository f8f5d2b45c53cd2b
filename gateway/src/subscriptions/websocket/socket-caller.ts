import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { claimsOfHeaders, type CallerClaims, type CallerRefusal } from '../../identity/caller.ts';
import { correlationIdOf } from '../../identity/request-ids.ts';
import { closing, tokenProblem, type Closing } from './close-reasons.ts';

/** Close codes of graphql-transport-ws. */
const CLOSE_CODES: Readonly<Record<CallerRefusal['status'], number>> = { 400: 4400, 401: 4401, 403: 4403, 404: 4400 };

/** A browser cannot set a socket's headers: `connection_init` may carry the same names, in any case, and counts more. */
export function claimsOfSocket(
  upgradeHeaders: IncomingHttpHeaders,
  payload: Readonly<Record<string, unknown>> | null,
): CallerClaims {
  const given = Object.entries(payload ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
  );
  const headers = { ...upgradeHeaders, ...Object.fromEntries(given), host: upgradeHeaders.host };
  const requestId = randomUUID();
  return claimsOfHeaders(headers, { requestId, correlationId: correlationIdOf(headers, requestId) });
}

/** How a socket is closed whose caller is refused. */
export function closingOf({ status, code, message, isExpired }: CallerRefusal): Closing {
  if (isExpired) return tokenProblem('TOKEN_EXPIRED');
  return closing(CLOSE_CODES[status], `${code}: ${message}`);
}
