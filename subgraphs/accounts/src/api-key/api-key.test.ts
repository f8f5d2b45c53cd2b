import { expect, test } from '@jest/globals';
import {
  apiKeyExpiry,
  apiKeyHash,
  changeableScopes,
  grantableScopes,
  hintOf,
  inheritedAddresses,
  newApiKey,
  overlapEnd,
  validAddresses,
  withDescendants,
} from './api-key.ts';

const now = new Date('2030-01-01T00:00:00Z');
const codeOf = (result: { readonly ok: boolean; readonly error?: { readonly code: string } }) =>
  result.ok ? null : result.error?.code;

test('a key has a prefix and 256 random bits, and is stored as a digest', () => {
  const key = newApiKey();
  expect(key).toMatch(/^souk_[\w-]{43}$/);
  expect(newApiKey()).not.toBe(key);
  expect(apiKeyHash(key)).toMatch(/^[\w-]{43}$/);
  expect(key.endsWith(hintOf(key))).toBe(true);
});

test('a rotated key works for the overlap, and not after its own expiry', () => {
  const expiresAt = apiKeyExpiry(90, now);
  expect(expiresAt).toEqual(new Date('2030-04-01T00:00:00Z'));
  expect(overlapEnd(24, expiresAt, now)).toEqual(new Date('2030-01-02T00:00:00Z'));
  expect(overlapEnd(24, new Date('2030-01-01T01:00:00Z'), now)).toEqual(new Date('2030-01-01T01:00:00Z'));
});

test('a key gets known scopes that the caller has, each once', () => {
  const rights = { known: ['orders:read', 'orders:write'], has: (scope: string) => scope === 'orders:read' };
  expect(grantableScopes(['orders:read', 'orders:read'], rights)).toMatchObject({ value: ['orders:read'] });
  expect(codeOf(grantableScopes(['orders:write'], rights))).toBe('SCOPE_NOT_GRANTABLE');
  expect(codeOf(grantableScopes(['orders:delete'], rights))).toBe('SCOPE_UNKNOWN');
});

test("the scopes of an existing key must be the caller's, except those that no longer exist", () => {
  const rights = { known: ['orders:read', 'orders:write'], has: (scope: string) => scope === 'orders:read' };
  expect(changeableScopes(['orders:read', 'orders:retired'], rights)).toMatchObject({ ok: true });
  expect(changeableScopes(['orders:write'], rights)).toMatchObject({
    error: { code: 'SCOPE_NOT_GRANTABLE', field: ['id'] },
  });
});

test('a key that a key creates has no other addresses and no later end', () => {
  const creator = { allowedAddresses: ['203.0.113.7', '2001:db8::/32'], expiresAt: new Date('2030-01-02T00:00:00Z') };
  expect(apiKeyExpiry(90, now, creator)).toEqual(creator.expiresAt);
  expect(apiKeyExpiry(90, now, { ...creator, expiresAt: new Date('2031-01-01') })).toEqual(apiKeyExpiry(90, now));
  expect(inheritedAddresses([], creator)).toEqual({ ok: true, value: creator.allowedAddresses });
  expect(inheritedAddresses(['203.0.113.7'], creator)).toEqual({ ok: true, value: ['203.0.113.7'] });
  expect(inheritedAddresses(['203.0.113.7', '0.0.0.0/0'], creator)).toMatchObject({
    ok: false,
    error: { code: 'ADDRESS_INVALID', field: ['allowedAddresses', '1'] },
  });
  expect(inheritedAddresses(['0.0.0.0/0'], { ...creator, allowedAddresses: [] })).toMatchObject({ ok: true });
  expect(inheritedAddresses(['0.0.0.0/0'], null)).toMatchObject({ ok: true });
});

test('the descendants of a key are the keys that it created, at any depth and in any order', () => {
  const keys = [
    { id: 'c', createdBy: 'b' },
    { id: 'a', createdBy: 'owner' },
    { id: 'b', createdBy: 'a' },
    { id: 'd', createdBy: 'owner' },
    { id: 'e', createdBy: null },
  ];
  expect(withDescendants(keys, 'a').map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  expect(withDescendants(keys, 'd').map(({ id }) => id)).toEqual(['d']);
});

test.each(['203.0.113.7', '203.0.113.0/24', '0.0.0.0/0', '2001:db8::1', '2001:db8::/32', '::/128'])(
  '%p is an address or a network',
  (text) => expect(codeOf(validAddresses([text]))).toBeNull(),
);

test.each([
  '',
  'shop.test',
  '203.0.113.0/33',
  '2001:db8::/129',
  '203.0.113.0/',
  '203.0.113.0/1/2',
  '1.2.3',
  'fe80::1%eth0',
  '10.0.0.0/01',
])('%p is refused', (text) => expect(codeOf(validAddresses([text]))).toBe('ADDRESS_INVALID'));
