import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
/** The maximum number of invitations that one e-mail address receives from a shop in an hour. */
export const MOST_INVITATIONS_PER_HOUR = 5;
/**
 * The maximum number of invitations that a shop sends in an hour. Anyone can open a shop, and could otherwise send
 * mails to many strangers.
 */
export const MOST_INVITATIONS_OF_SHOP = 50;
const LIFETIME_MS = 7 * 24 * 60 * 60_000;

/** A new token: 256 random bits as base64url. */
export function newInvitationToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The stored form of a token. A fast hash is enough, because a random token of 256 bits cannot be guessed. */
export function invitationTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + LIFETIME_MS);
}

/** Whether an open invitation has not expired. Invitations expire after seven days. */
export function isOpen({ expiresAt }: { readonly expiresAt: Date }, now: Date): boolean {
  return expiresAt > now;
}
