import type { Role } from '../user/role.policy.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The limits of a session, in milliseconds. */
interface SessionLimits {
  /** The lifetime of a refresh token. A session that is not renewed for this time ends. */
  readonly idleMs: number;
  /** The time from the login to the end of the session. Null: a session that is renewed does not end. */
  readonly absoluteMs: number | null;
}

const STAFF: SessionLimits = { idleMs: 30 * MINUTE_MS, absoluteMs: 8 * HOUR_MS };
const SHOPPER: SessionLimits = { idleMs: 7 * 24 * HOUR_MS, absoluteMs: null };

/** The facts that limit a session. */
export interface SessionStart {
  readonly role: Role;
  readonly startedAt: Date;
}

/** The time at which a session ends although it is renewed. Null for shoppers. */
export function sessionEnd({ role, startedAt }: SessionStart): Date | null {
  const { absoluteMs } = limitsOf(role);
  return absoluteMs === null ? null : new Date(startedAt.getTime() + absoluteMs);
}

/** The expiry of a refresh token that is issued now. A refresh token does not outlive its session. */
export function refreshTokenExpiry(start: SessionStart, now: Date): Date {
  return notAfter(new Date(now.getTime() + limitsOf(start.role).idleMs), sessionEnd(start));
}

/** The earlier of two times. Null is later than every time. */
export function notAfter(time: Date, end: Date | null): Date {
  return end !== null && end < time ? end : time;
}

function limitsOf(role: Role): SessionLimits {
  return role === 'SHOPPER' ? SHOPPER : STAFF;
}
