import type { RequestContext } from '@souk/kit/context';
import type { Result } from '@souk/kit/domain';
import type { IncomingHttpHeaders } from 'node:http';
import type { TokenClaims } from './token-claims.ts';

/** The unverified claims of a request or a socket about its sender. */
export interface CallerClaims {
  readonly authorization: string | undefined;
  /** The IP address of the sender. */
  readonly address: string;
  /** `X-Tenant-ID`: the UUID or the slug of a tenant. */
  readonly tenantId: string | undefined;
  readonly host: string | undefined;
  readonly acceptLanguage: string | undefined;
  /** All headers, by lower-case names. */
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

/** The reason why a caller is refused before anything runs. */
export interface CallerRefusal {
  readonly code:
    | 'UNAUTHENTICATED'
    | 'RATE_LIMITED'
    | 'TENANT_MISMATCH'
    | 'TENANT_INVALID'
    | 'TENANT_REQUIRED'
    | 'TENANT_NOT_FOUND';
  readonly message: string;
  /** The HTTP status. */
  readonly status: 400 | 401 | 403 | 404 | 429;
  /**
   * Whether a newer token of the same session would be accepted.
   * @default false
   */
  readonly isExpired?: boolean;
  /** The limit that the caller has used up, for `RATE_LIMITED`. */
  readonly details?: { readonly limit: string; readonly retryAfterSeconds: number };
}

/** Identifies callers. */
export interface CallerSource {
  /** Identifies the caller. Returns the reason of a refusal. */
  identify(claims: CallerClaims): Promise<Result<Caller, CallerRefusal>>;
}

/** The claims in a request's headers. @param facts facts about the request that are not in its headers */
export function claimsOfHeaders(
  headers: IncomingHttpHeaders,
  facts: Pick<CallerClaims, 'address' | 'requestId' | 'correlationId'>,
): CallerClaims {
  return {
    authorization: headers.authorization,
    tenantId: singleHeader(headers['x-tenant-id']),
    host: headers.host,
    acceptLanguage: headers['accept-language'],
    headers,
    ...facts,
  };
}

function singleHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
