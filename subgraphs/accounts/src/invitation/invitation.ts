import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const LIFETIME_MS = 7 * 24 * 60 * 60_000;

/** A new token: an opaque secret of 256 bits. */
export function newInvitationToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The form in which a token is stored and looked up. A fast hash is enough, because the token cannot be guessed. */
export function invitationTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + LIFETIME_MS);
}

/** Whether an invitation that was not accepted can be accepted: within seven days. */
export function isOpen({ expiresAt }: { readonly expiresAt: Date }, now: Date): boolean {
  return expiresAt > now;
}
