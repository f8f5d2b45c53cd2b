import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
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
export type RefreshDecision = 'ROTATE' | 'REFUSE' | 'REVOKE_SESSION';

/** An opaque secret of 256 bits. */
export function newRefreshToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The form in which a token is stored and looked up. A fast hash will do: the token cannot be guessed. */
export function refreshTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

export function refreshTokenExpiry(issuedAt: Date): Date {
  return new Date(issuedAt.getTime() + LIFETIME_MS);
}

/**
 * A token is good once. One that comes back was copied: by whom cannot be told, so its whole session ends.
 * (OAuth 2.0 Security Best Current Practice, RFC 9700 section 4.14.2.)
 */
export function decideRefresh({ expiresAt, usedAt, sessionRevokedAt }: StoredRefreshToken, now: Date): RefreshDecision {
  if (sessionRevokedAt) return 'REFUSE';
  if (usedAt) return 'REVOKE_SESSION';
  return expiresAt > now ? 'ROTATE' : 'REFUSE';
}
