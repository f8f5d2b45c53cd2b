import { createHash, createHmac, randomBytes, type BinaryLike } from 'node:crypto';

const TOKEN_BYTES = 32;
/** How long an answer with new tokens may be asked for again, because it was lost on its way. */
const GRACE_MS = 10_000;
const LIFETIME_MS = 7 * 24 * 60 * 60_000;

/** What is stored of a refresh token. */
export interface StoredRefreshToken {
  readonly expiresAt: Date;
  /** When it was exchanged for the next one of its session. */
  readonly usedAt: Date | null;
  /** When its session ended: by logout, or because a token of it came back. */
  readonly sessionRevokedAt: Date | null;
}

/** What presenting a refresh token leads to. */
export type RefreshDecision = 'ROTATE' | 'REPEAT' | 'REFUSE' | 'REVOKE_SESSION';

/** An opaque secret of 256 bits. */
export function newRefreshToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * The token that this one is exchanged for. Always the same, so that an exchange can be repeated although no token is stored; it cannot
 * be worked out without the key.
 */
export function successorOf(token: string, key: BinaryLike): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}

/** The form in which a token is stored and looked up. A fast hash will do: the token cannot be guessed. */
export function refreshTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

export function refreshTokenExpiry(issuedAt: Date): Date {
  return new Date(issuedAt.getTime() + LIFETIME_MS);
}

/**
 * A token is good once. Within seconds the exchange is repeated: its answer was lost, or two tabs have sent the token at the same time.
 * One that comes back later was copied: by whom cannot be told, so its whole session ends.
 * (OAuth 2.0 Security Best Current Practice, RFC 9700 section 4.14.2.)
 */
export function decideRefresh({ expiresAt, usedAt, sessionRevokedAt }: StoredRefreshToken, now: Date): RefreshDecision {
  if (sessionRevokedAt) return 'REFUSE';
  if (usedAt) return now.getTime() - usedAt.getTime() < GRACE_MS ? 'REPEAT' : 'REVOKE_SESSION';
  return expiresAt > now ? 'ROTATE' : 'REFUSE';
}
