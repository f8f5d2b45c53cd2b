import { expect, test } from '@jest/globals';
import { decideRefresh, newRefreshToken, refreshTokenHash, successorOf } from './refresh-token.ts';
import { refreshTokenExpiry, sessionEnd } from './session.policy.ts';

const issued = new Date('2030-01-01T00:00:00Z');
const shopper = { role: 'SHOPPER', startedAt: issued } as const;
const staff = { role: 'STAFF', startedAt: issued } as const;
const expiresAt = refreshTokenExpiry(shopper, issued);
const fresh = { expiresAt, usedAt: null, sessionRevokedAt: null, sessionEndsAt: null };
const before = (moment: Date) => new Date(moment.getTime() - 1);

test('a token of a shopper can be exchanged once, within seven days', () => {
  expect(expiresAt).toEqual(new Date('2030-01-08T00:00:00Z'));
  expect(decideRefresh(fresh, before(expiresAt))).toBe('ROTATE');
  expect(decideRefresh(fresh, expiresAt)).toBe('REFUSE');
});

test('an exchange can be repeated for ten seconds, because its response may be lost', () => {
  const used = { ...fresh, usedAt: issued };
  const afterMs = (ms: number) => decideRefresh(used, new Date(issued.getTime() + ms));
  expect([0, 9999, 10_000].map(afterMs)).toEqual(['REPEAT', 'REPEAT', 'REVOKE_SESSION']);
});

test('the successor of a token is always the same for one key, and differs for another key', () => {
  const token = newRefreshToken();
  expect(successorOf(token, 'key')).toBe(successorOf(token, 'key'));
  expect(successorOf(token, 'another key')).not.toBe(successorOf(token, 'key'));
  expect(Buffer.from(successorOf(token, 'key'), 'base64url')).toHaveLength(32);
});

test('a used token that is presented later ends its session, also after it expired', () => {
  expect(decideRefresh({ ...fresh, usedAt: issued }, expiresAt)).toBe('REVOKE_SESSION');
});

test('a token of an ended session is refused', () => {
  expect(decideRefresh({ ...fresh, sessionRevokedAt: issued }, issued)).toBe('REFUSE');
});

test('a token has 256 bits, and is stored as a digest', () => {
  const token = newRefreshToken();
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(refreshTokenHash(token)).not.toContain(token);
  expect(refreshTokenHash(token)).toBe(refreshTokenHash(token));
});

test('a session of staff ends after 30 idle minutes, and eight hours after the login', () => {
  const end = new Date('2030-01-01T08:00:00Z');
  expect(refreshTokenExpiry(staff, issued)).toEqual(new Date('2030-01-01T00:30:00Z'));
  expect(refreshTokenExpiry(staff, new Date('2030-01-01T07:45:00Z'))).toEqual(end);
  expect([sessionEnd(staff), sessionEnd(shopper)]).toEqual([end, null]);
  const late = { ...fresh, sessionEndsAt: end };
  expect([decideRefresh(late, before(end)), decideRefresh(late, end)]).toEqual(['ROTATE', 'REFUSE']);
});
