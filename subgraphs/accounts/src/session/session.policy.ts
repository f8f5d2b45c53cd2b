import type { Role } from '../user/role.policy.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface SessionLimits {
  /** The lifetime of a refresh token. A session ends when it is not renewed for this time. */
  readonly idleMs: number;
  /** The maximum duration of a session from the login. Null when renewals can extend the session without limit. */
  readonly absoluteMs: number | null;
}

const STAFF: SessionLimits = { idleMs: 30 * MINUTE_MS, absoluteMs: 8 * HOUR_MS };
const SHOPPER: SessionLimits = { idleMs: 7 * 24 * HOUR_MS, absoluteMs: null };

/** The role and the time of a login, which determine the limits of its session. */
export interface SessionStart {
  readonly role: Role;
  readonly startedAt: Date;
}

/** The latest time to which renewals can extend a session. Null for shoppers, whose sessions have no such limit. */
export function sessionEnd({ role, startedAt }: SessionStart): Date | null {
  const { absoluteMs } = limitsOf(role);
  return absoluteMs === null ? null : new Date(startedAt.getTime() + absoluteMs);
}

/** The expiry of a refresh token that is issued now. It is never after the end of the session. */
export function refreshTokenExpiry(start: SessionStart, now: Date): Date {
  return notAfter(new Date(now.getTime() + limitsOf(start.role).idleMs), sessionEnd(start));
}

/** The earlier of two times. A null `end` means no limit. */
export function notAfter(time: Date, end: Date | null): Date {
  return end !== null && end < time ? end : time;
}

function limitsOf(role: Role): SessionLimits {
  return role === 'SHOPPER' ? SHOPPER : STAFF;
}
