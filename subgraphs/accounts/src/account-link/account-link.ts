import { createHash, createHmac } from 'node:crypto';

/** REGISTRATION opens an account. PASSWORD_RESET chooses a new password. LOGIN logs in without a password. */
export const LINK_PURPOSES = ['REGISTRATION', 'PASSWORD_RESET', 'LOGIN'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** A link as stored. */
export interface StoredLink {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly email: string;
  /** The name that the shopper entered. Empty except for registrations. */
  readonly name: string;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The lifetime of links. A registration may wait until the evening. The other two are requested by a person who waits for the mail. */
const LIFETIMES_MS: Readonly<Record<LinkPurpose, number>> = {
  REGISTRATION: 24 * HOUR_MS,
  PASSWORD_RESET: HOUR_MS,
  LOGIN: 15 * MINUTE_MS,
};

/** The pages of the store that the links open. */
const PAGES: Readonly<Record<LinkPurpose, string>> = {
  REGISTRATION: 'verify',
  PASSWORD_RESET: 'reset',
  LOGIN: 'login',
};

/** The maximum number of links to one e-mail address in an hour, for all callers together. */
export const MOST_LINKS_PER_HOUR = 5;

/** The time from which links count for `MOST_LINKS_PER_HOUR`. */
export function countedSince(now: Date): Date {
  return new Date(now.getTime() - HOUR_MS);
}

export function linkExpiry(purpose: LinkPurpose, now: Date): Date {
  return new Date(now.getTime() + LIFETIMES_MS[purpose]);
}

/** The token of a link, 256 bits as base64url. The worker that sends the mail computes the token again, so no table contains the token. */
export function linkToken(secret: string, tenantId: string, linkId: string): string {
  return createHmac('sha256', secret).update(`account-link:${tenantId}:${linkId}`).digest('base64url');
}

/** The form in which a token is stored and looked up. A fast hash is enough, because a token cannot be guessed. */
export function linkTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/**
 * The path of a link's page. The token is in the fragment, because browsers do not send fragments to servers or to other pages.
 */
export function linkPath(purpose: LinkPurpose, token: string): string {
  return `/store/account/${PAGES[purpose]}#token=${token}`;
}

/** Whether a link opens. A link works once, until it expires. */
export function isOpen({ expiresAt, usedAt }: StoredLink, now: Date): boolean {
  return usedAt === null && expiresAt > now;
}
