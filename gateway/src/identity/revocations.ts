import type { TokenClaims } from './token-claims.ts';

/** Access tokens that are revoked before they expire. */
export interface Revocations {
  /** Called on every request, and for every event of every subscriber. Must answer from memory. */
  isRevoked(token: TokenClaims): boolean;
}

/** Without revocations a session ends with its token. */
export const NOBODY_REVOKED: Revocations = { isRevoked: () => false };
