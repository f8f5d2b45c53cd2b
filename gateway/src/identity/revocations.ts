import type { TokenClaims } from './token-claims.ts';

/** Which access tokens count no more although they have not expired. */
export interface Revocations {
  /** Asked on every request, and for every event of every subscriber: answer from memory. */
  isRevoked(token: TokenClaims): boolean;
}

/** Where no session ends before its token does. */
export const NOBODY_REVOKED: Revocations = { isRevoked: () => false };
