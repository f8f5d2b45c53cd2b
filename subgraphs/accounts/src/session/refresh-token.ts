import { createHash, createHmac, randomBytes, type BinaryLike } from 'node:crypto';

const TOKEN_BYTES = 32;
/** How long a client may repeat a refresh whose response was lost, in milliseconds. */
const GRACE_MS = 10_000;

/** The stored state of a refresh token, which decides whether it can be exchanged. */
export interface StoredRefreshToken {
  readonly expiresAt: Date;
  /** The time at which the token was exchanged for the next token of the session. Null until then. */
  readonly usedAt: Date | null;
  /** The time at which the session was ended, by a logout, by staff, or because a used token was presented again. Null until then. */
  readonly sessionRevokedAt: Date | null;
  /** The latest time to which renewals can extend the session. Null for shoppers, whose sessions have no such limit. */
  readonly sessionEndsAt: Date | null;
}

/** ROTATE issues the next token. REPEAT returns the next token again. REFUSE returns an error. REVOKE_SESSION also ends the session. */
export type RefreshDecision = 'ROTATE' | 'REPEAT' | 'REFUSE' | 'REVOKE_SESSION';

/** A new refresh token: 256 random bits as base64url. */
export function newRefreshToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * The token that replaces a refresh token. It is derived from the old token and a secret key. An exchange can therefore be repeated,
 * although only hashes of tokens are stored. An attacker without the key cannot derive the new token.
 */
export function successorOf(token: string, key: BinaryLike): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}

/** The stored form of a token. A fast hash is enough, because a random token of 256 bits cannot be guessed. */
export function refreshTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/**
 * Decides about a presented token. A token can be exchanged once. The exchange can be repeated within 10 seconds, because the response may
 * have been lost, or two tabs may have sent the same token.
 * A token that is presented later was probably stolen. The thief cannot be distinguished from the owner, so the session ends (OAuth 2.0
 * Security Best Current Practice, RFC 9700 section 4.14.2).
 */
export function decideRefresh(token: StoredRefreshToken, now: Date): RefreshDecision {
  const { expiresAt, usedAt, sessionRevokedAt, sessionEndsAt } = token;
  if (sessionRevokedAt || (sessionEndsAt !== null && sessionEndsAt <= now)) return 'REFUSE';
  if (usedAt) return now.getTime() - usedAt.getTime() < GRACE_MS ? 'REPEAT' : 'REVOKE_SESSION';
  return expiresAt > now ? 'ROTATE' : 'REFUSE';
}
