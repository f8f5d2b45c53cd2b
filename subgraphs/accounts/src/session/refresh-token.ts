import { createHash, createHmac, randomBytes, type BinaryLike } from 'node:crypto';

const TOKEN_BYTES = 32;
/** How long a client may repeat an exchange whose response was lost, in milliseconds. */
const GRACE_MS = 10_000;

/** The stored state of a refresh token. */
export interface StoredRefreshToken {
  readonly expiresAt: Date;
  /** The time at which the token was exchanged for the next token of its session. Null before. */
  readonly usedAt: Date | null;
  /** The time at which the token's session ended, by logout or because a used token was presented again. Null before. */
  readonly sessionRevokedAt: Date | null;
  /** The time at which the session ends although it is renewed. Null for shoppers. */
  readonly sessionEndsAt: Date | null;
}

/** The decision about a refresh token that a client presents. */
export type RefreshDecision = 'ROTATE' | 'REPEAT' | 'REFUSE' | 'REVOKE_SESSION';

/** A new refresh token: an opaque secret of 256 bits. */
export function newRefreshToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * The token for which a refresh token is exchanged. The result is always the same, so an exchange can be repeated although no token is
 * stored. An attacker without the key cannot compute the result.
 */
export function successorOf(token: string, key: BinaryLike): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}

/** The form in which a token is stored and looked up. A fast hash is enough, because the token cannot be guessed. */
export function refreshTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/**
 * Decides about a presented token. A token is valid once. Within 10 seconds the exchange can be repeated, because the response may have
 * been lost, or two tabs may have sent the same token. A used token that comes back later was copied. The thief cannot be distinguished
 * from the owner, so the whole session ends. (OAuth 2.0 Security Best Current Practice, RFC 9700 section 4.14.2.)
 */
export function decideRefresh(token: StoredRefreshToken, now: Date): RefreshDecision {
  const { expiresAt, usedAt, sessionRevokedAt, sessionEndsAt } = token;
  if (sessionRevokedAt || (sessionEndsAt !== null && sessionEndsAt <= now)) return 'REFUSE';
  if (usedAt) return now.getTime() - usedAt.getTime() < GRACE_MS ? 'REPEAT' : 'REVOKE_SESSION';
  return expiresAt > now ? 'ROTATE' : 'REFUSE';
}
