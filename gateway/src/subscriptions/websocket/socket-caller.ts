import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from '@souk/kit/domain';
import type { IncomingHttpHeaders } from 'node:http';
import { claimsOfHeaders, type CallerClaims, type CallerRefusal } from '../../identity/caller.ts';
import { correlationIdOf } from '../../identity/request-ids.ts';
import { badMessage, closing, tokenProblem, type Closing } from './close-reasons.ts';

/** The close codes of graphql-transport-ws for a refused caller, by HTTP status. */
const CLOSE_CODES: Readonly<Record<CallerRefusal['status'], number>> = {
  400: 4400,
  401: 4401,
  403: 4403,
  404: 4400,
  429: 1013,
};

/** Headers that identify a caller. A value of another type than string is refused, because ignoring it could make the caller anonymous. */
const CLAIMS: readonly string[] = ['authorization', 'x-tenant-id', 'x-channel', 'accept-language', 'x-correlation-id'];

/**
 * The caller's claims. A browser cannot set headers on a socket, so the payload of `connection_init` may contain the headers, in upper or
 * lower case. The payload takes precedence over the headers of the upgrade request. A value that is not a string is refused.
 * @param address the IP address of the client
 */
export function claimsOfSocket(
  upgradeHeaders: IncomingHttpHeaders,
  payload: Readonly<Record<string, unknown>> | null,
  address: string,
): Result<CallerClaims, Closing> {
  const entries = Object.entries(payload ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const wrong = entries.find(([name, value]) => CLAIMS.includes(name) && typeof value !== 'string');
  if (wrong) return err(badMessage(`in \`payload\`: \`${wrong[0]}\` must be text, or left out`));
  const given = entries.filter((entry): entry is readonly [string, string] => typeof entry[1] === 'string');
  const headers = { ...upgradeHeaders, ...Object.fromEntries(given), host: upgradeHeaders.host };
  const requestId = randomUUID();
  return ok(claimsOfHeaders(headers, { address, requestId, correlationId: correlationIdOf(headers, requestId) }));
}

/** The close code and reason for a refused caller. */
export function closingOf({ status, code, message, isExpired }: CallerRefusal): Closing {
  if (isExpired) return tokenProblem('TOKEN_EXPIRED');
  return closing(CLOSE_CODES[status], `${code}: ${message}`);
}
