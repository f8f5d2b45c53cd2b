import { isUuid } from '@souk/kit/domain';
import type { JWTPayload } from 'jose';

/** What an access token says. */
export interface TokenClaims {
  readonly userId: string;
  /** UUID. */
  readonly tenantId: string;
  readonly role: string;
  readonly scopes: readonly string[];
  /** The login that it came of; null when the issuer does not say. */
  readonly sessionId: string | null;
  readonly expiresAt: Date;
}

/** The claims `sub`, `tid`, `role`, `scope` (separated by spaces), `exp` and perhaps `sid`; null when one is missing or malformed. */
export function tokenClaims({ sub, exp, ...claims }: JWTPayload): TokenClaims | null {
  const { tid, role, scope = '', sid } = claims;
  if (!sub || exp === undefined || typeof role !== 'string' || typeof scope !== 'string') return null;
  if (typeof tid !== 'string' || !isUuid(tid)) return null;
  const scopes = scope.split(' ').filter((each) => each !== '');
  const sessionId = typeof sid === 'string' ? sid : null;
  return { userId: sub, tenantId: tid.toLowerCase(), role, scopes, sessionId, expiresAt: new Date(exp * 1000) };
}
