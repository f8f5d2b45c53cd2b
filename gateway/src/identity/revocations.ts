import type { TokenClaims } from './token-claims.ts';

/** Access tokens that are revoked before they expire. */
export interface Revocations {
  /** Called on every request, and for every event of every subscriber. Must answer from memory. */
  isRevoked(token: TokenClaims): boolean;
}

/** For gateways without revocations: an ended session is accepted until its access token expires. */
export const NOBODY_REVOKED: Revocations = { isRevoked: () => false };
