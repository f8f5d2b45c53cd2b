import { createHash, createHmac } from 'node:crypto';

/** REGISTRATION opens an account. PASSWORD_RESET replaces the password. LOGIN logs in without a password. */
export const LINK_PURPOSES = ['REGISTRATION', 'PASSWORD_RESET', 'LOGIN'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** A link as read from the database, without the token's hash. */
export interface StoredLink {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly email: string;
  /** The name that the shopper entered. Empty except for REGISTRATION. */
  readonly name: string;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * The lifetime of links in milliseconds. A person may complete a registration hours later. A person who resets a password or logs in waits
 * for the mail, so these links expire sooner.
 */
const LIFETIMES_MS: Readonly<Record<LinkPurpose, number>> = {
  REGISTRATION: 24 * HOUR_MS,
  PASSWORD_RESET: HOUR_MS,
  LOGIN: 15 * MINUTE_MS,
};

/** The page of the store that each link opens. */
const PAGES: Readonly<Record<LinkPurpose, string>> = {
  REGISTRATION: 'verify',
  PASSWORD_RESET: 'reset',
  LOGIN: 'login',
};

/** The maximum number of links to one e-mail address in an hour. Requests of all callers are counted together. */
export const MOST_LINKS_PER_HOUR = 5;

/** Links that were created after this time count for `MOST_LINKS_PER_HOUR`. */
export function countedSince(now: Date): Date {
  return new Date(now.getTime() - HOUR_MS);
}

export function linkExpiry(purpose: LinkPurpose, now: Date): Date {
  return new Date(now.getTime() + LIFETIMES_MS[purpose]);
}

/** The token of a link, 256 bits as base64url. The worker that sends the mail derives the token again, so no table contains it. */
export function linkToken(secret: string, tenantId: string, linkId: string): string {
  return createHmac('sha256', secret).update(`account-link:${tenantId}:${linkId}`).digest('base64url');
}

/** The stored form of a token. A fast hash is enough, because a random token of 256 bits cannot be guessed. */
export function linkTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** The path of the page that a link opens. The token is in the URL fragment, because browsers do not send fragments to servers. */
export function linkPath(purpose: LinkPurpose, token: string): string {
  return `/store/account/${PAGES[purpose]}#token=${token}`;
}

/** Whether a link is still valid. A link works once, until it expires. */
export function isOpen({ expiresAt, usedAt }: StoredLink, now: Date): boolean {
  return usedAt === null && expiresAt > now;
}
