import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from '@souk/kit/domain';
import type { IncomingHttpHeaders } from 'node:http';
import { claimsOfHeaders, type CallerClaims, type CallerRefusal } from '../../identity/caller.ts';
import { correlationIdOf } from '../../identity/request-ids.ts';
import { badMessage, closing, tokenProblem, type Closing } from './close-reasons.ts';

/** Close codes of graphql-transport-ws by HTTP status. */
const CLOSE_CODES: Readonly<Record<CallerRefusal['status'], number>> = {
  400: 4400,
  401: 4401,
  403: 4403,
  404: 4400,
  429: 1013,
};

/** Headers that identify a caller. A value that is not text is refused, so that no caller becomes anonymous by mistake. */
const CLAIMS: readonly string[] = ['authorization', 'x-tenant-id', 'accept-language', 'x-correlation-id'];

/**
 * The caller's claims. A browser cannot set headers on a socket, so the payload of `connection_init` may contain the same names, in any
 * case. The payload's values take precedence over the upgrade's headers. A value that is not text is refused.
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
