import type { TokenClaims } from './token-claims.ts';

/** Access tokens that are revoked before they expire. */
export interface Revocations {
  /** Whether the token is revoked. Called for every request, and for every event of every subscriber, so it must read from memory. */
  isRevoked(token: TokenClaims): boolean;
}

/** Used by gateways without revocations. A token is accepted until it expires, even when its session has ended. */
export const NOBODY_REVOKED: Revocations = { isRevoked: () => false };
