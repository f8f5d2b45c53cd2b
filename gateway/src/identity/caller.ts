import type { RequestContext } from '@souk/kit/context';
import type { Result } from '@souk/kit/domain';
import type { IncomingHttpHeaders } from 'node:http';
import type { TokenClaims } from './token-claims.ts';

/** Unverified facts about the sender of a request or a socket. */
export interface CallerClaims {
  readonly authorization: string | undefined;
  readonly address: string;
  /** `X-Tenant-ID`: the UUID or the slug of a tenant. */
  readonly tenantId: string | undefined;
  /** `X-Channel`: the code of a sales channel. */
  readonly channel: string | undefined;
  readonly host: string | undefined;
  readonly acceptLanguage: string | undefined;
  /** All headers, with names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  readonly correlationId: string;
}

/** An identified sender. */
export interface Caller {
  readonly context: RequestContext;
  /** The claims of the caller's token, or null for a caller without a token. */
  readonly token: TokenClaims | null;
}

/** The reason why a request is refused before its operation is read. */
export interface CallerRefusal {
  readonly code:
    | 'UNAUTHENTICATED'
    | 'RATE_LIMITED'
    | 'TENANT_MISMATCH'
    | 'TENANT_INVALID'
    | 'TENANT_REQUIRED'
    | 'TENANT_NOT_FOUND'
    | 'CHANNEL_NOT_FOUND';
  readonly message: string;
  readonly status: 400 | 401 | 403 | 404 | 429;
  /**
   * Whether the token has expired. The client can then succeed with a new token of the same session.
   * @default false
   */
  readonly isExpired?: boolean;
  /** The exceeded limit. Only a refusal with the code `RATE_LIMITED` has it. */
  readonly details?: { readonly limit: string; readonly retryAfterSeconds: number };
}

/** Identifies the senders of HTTP requests and of sockets. */
export interface CallerSource {
  /** Identifies the sender by its claims, or returns the reason of a refusal. */
  identify(claims: CallerClaims): Promise<Result<Caller, CallerRefusal>>;
}

/**
 * The claims in a request's headers. @param facts the client's IP address and the ids of the request, which the headers
 * do not contain
 */
export function claimsOfHeaders(
  headers: IncomingHttpHeaders,
  facts: Pick<CallerClaims, 'address' | 'requestId' | 'correlationId'>,
): CallerClaims {
  return {
    authorization: headers.authorization,
    tenantId: singleHeader(headers['x-tenant-id']),
    channel: singleHeader(headers['x-channel']),
    host: headers.host,
    acceptLanguage: headers['accept-language'],
    headers,
    ...facts,
  };
}

function singleHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
