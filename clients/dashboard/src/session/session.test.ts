import { expect, test } from '@jest/globals';
import { isFresh, loginStepOf, scopesOf, sessionOf, type Session } from './session.ts';

const tokenWith = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
const user: Session['user'] = { id: 'u1', email: 'ada@shop.test', role: 'STAFF', tenant: null };
const expiresAt = '2026-05-01T12:00:00.000Z';

test('the scopes are those of the token', () => {
  expect(scopesOf(tokenWith({ scope: 'orders:read payments:read', name: 'Zoë ?>' }))).toEqual(
    new Set(['orders:read', 'payments:read']),
  );
});

test.each(['', 'no token', 'a.%%%.c', tokenWith({}), tokenWith({ scope: 7 })])(
  'the token "%s" has no scope',
  (token) => {
    expect(scopesOf(token)).toEqual(new Set());
  },
);

test('a refused login makes no session', () => {
  expect(sessionOf({ accessToken: null, refreshToken: null, expiresAt: null, user: null })).toBeNull();
  expect(sessionOf({ accessToken: 'a', refreshToken: 'r', expiresAt, user })).toEqual({
    accessToken: 'a',
    refreshToken: 'r',
    expiresAt,
    user,
  });
});

test('a token is renewed a minute before it expires', () => {
  const session = { accessToken: 'a', refreshToken: 'r', expiresAt, user };
  expect(isFresh(session, Date.parse('2026-05-01T11:58:59.000Z'))).toBe(true);
  expect(isFresh(session, Date.parse('2026-05-01T11:59:00.000Z'))).toBe(false);
});

test('a login continues with a code when the response has a challenge', () => {
  const refused = { accessToken: null, refreshToken: null, expiresAt: null, user: null };
  const session = { accessToken: 'a', refreshToken: 'r', expiresAt, user };
  const challenge = { token: 'c1' };
  expect(loginStepOf({ ...session, challenge: null, userErrors: [] })).toEqual({ kind: 'signedIn', session });
  expect(loginStepOf({ ...refused, challenge, userErrors: [] })).toEqual({ kind: 'challenge', challenge: 'c1' });
  expect(loginStepOf({ ...refused, userErrors: ['wrong'] })).toEqual({ kind: 'refused', refusal: 'wrong' });
  expect(loginStepOf(null)).toEqual({ kind: 'refused', refusal: null });
});
