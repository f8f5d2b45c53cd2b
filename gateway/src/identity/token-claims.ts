import { isUuid } from '@souk/kit/domain';
import type { JWTPayload } from 'jose';

/** The claims of an access token. */
export interface TokenClaims {
  readonly userId: string;
  /** A UUID. */
  readonly tenantId: string;
  readonly role: string;
  readonly scopes: readonly string[];
  /** The id of the login that issued the token, or null when the token does not name one. */
  readonly sessionId: string | null;
  readonly expiresAt: Date;
}

/**
 * Reads the claims `sub`, `tid`, `role`, `scope` (separated by spaces), `exp` and, optionally, `sid`.
 * @returns null when a claim is missing or malformed
 */
export function tokenClaims({ sub, exp, ...claims }: JWTPayload): TokenClaims | null {
  const { tid, role, scope = '', sid } = claims;
  if (!sub || exp === undefined || typeof role !== 'string' || typeof scope !== 'string') return null;
  if (typeof tid !== 'string' || !isUuid(tid)) return null;
  const scopes = scope.split(' ').filter((each) => each !== '');
  const sessionId = typeof sid === 'string' ? sid : null;
  return { userId: sub, tenantId: tid.toLowerCase(), role, scopes, sessionId, expiresAt: new Date(exp * 1000) };
}
