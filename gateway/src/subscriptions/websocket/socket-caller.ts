import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from '@souk/kit/domain';
import type { IncomingHttpHeaders } from 'node:http';
import { claimsOfHeaders, type CallerClaims, type CallerRefusal } from '../../identity/caller.ts';
import { correlationIdOf } from '../../identity/request-ids.ts';
import { badMessage, closing, tokenProblem, type Closing } from './close-reasons.ts';

/** Close codes of graphql-transport-ws. */
const CLOSE_CODES: Readonly<Record<CallerRefusal['status'], number>> = { 400: 4400, 401: 4401, 403: 4403, 404: 4400 };

/** Names by which a caller is known. One that is no text must not make somebody anonymous in silence. */
const CLAIMS: readonly string[] = ['authorization', 'x-tenant-id', 'accept-language', 'x-correlation-id'];

/** A browser cannot set a socket's headers: `connection_init` may carry the same names, in any case, and counts more. Refused where one is no text. */
export function claimsOfSocket(
  upgradeHeaders: IncomingHttpHeaders,
  payload: Readonly<Record<string, unknown>> | null,
): Result<CallerClaims, Closing> {
  const entries = Object.entries(payload ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const wrong = entries.find(([name, value]) => CLAIMS.includes(name) && typeof value !== 'string');
  if (wrong) return err(badMessage(`in its payload, \`${wrong[0]}\` must be text, or left out`));
  const given = entries.filter((entry): entry is readonly [string, string] => typeof entry[1] === 'string');
  const headers = { ...upgradeHeaders, ...Object.fromEntries(given), host: upgradeHeaders.host };
  const requestId = randomUUID();
  return ok(claimsOfHeaders(headers, { requestId, correlationId: correlationIdOf(headers, requestId) }));
}

/** How a socket is closed whose caller is refused. */
export function closingOf({ status, code, message, isExpired }: CallerRefusal): Closing {
  if (isExpired) return tokenProblem('TOKEN_EXPIRED');
  return closing(CLOSE_CODES[status], `${code}: ${message}`);
}
