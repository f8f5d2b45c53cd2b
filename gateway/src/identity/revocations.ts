import type { TokenClaims } from './token-claims.ts';

/** Access tokens that are revoked before they expire. */
export interface Revocations {
  /**
   * Whether the token is revoked. The gateway calls this on every request, and for every event of every subscriber, so the answer must come
   * from memory.
   */
  isRevoked(token: TokenClaims): boolean;
}

/** The rule of gateways without revocations: a token of an ended session is accepted until it expires. */
export const NOBODY_REVOKED: Revocations = { isRevoked: () => false };
