import type { RequestContext } from '@souk/kit/context';
import type { Result } from '@souk/kit/domain';
import type { IncomingHttpHeaders } from 'node:http';
import type { TokenClaims } from './token-claims.ts';

/** What a request or a socket says about who sends it, not yet believed. */
export interface CallerClaims {
  readonly authorization: string | undefined;
  /** `X-Tenant-ID`: the UUID or the slug of a tenant. */
  readonly tenantId: string | undefined;
  readonly host: string | undefined;
  readonly acceptLanguage: string | undefined;
  /** All of them, by lower-case names. */
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  readonly correlationId: string;
}

/** Who sends it, as far as the gateway is concerned. */
export interface Caller {
  readonly context: RequestContext;
  /** What its token says; null for a caller without one. */
  readonly token: TokenClaims | null;
}

/** Why a caller is sent away before anything runs. */
export interface CallerRefusal {
  readonly code: 'UNAUTHENTICATED' | 'TENANT_MISMATCH' | 'TENANT_INVALID' | 'TENANT_REQUIRED' | 'TENANT_NOT_FOUND';
  readonly message: string;
  /** Of HTTP. */
  readonly status: 400 | 401 | 403 | 404;
  /** Whether a newer token of the same session is all that is missing. @default false */
  readonly isExpired?: boolean;
}

/** Finds out who calls. */
export interface CallerSource {
  /** The caller, or why it is sent away. */
  identify(claims: CallerClaims): Promise<Result<Caller, CallerRefusal>>;
}

/** The claims in a request's headers. */
export function claimsOfHeaders(
  headers: IncomingHttpHeaders,
  ids: Pick<CallerClaims, 'requestId' | 'correlationId'>,
): CallerClaims {
  return {
    authorization: headers.authorization,
    tenantId: singleHeader(headers['x-tenant-id']),
    host: headers.host,
    acceptLanguage: headers['accept-language'],
    headers,
    ...ids,
  };
}

function singleHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
