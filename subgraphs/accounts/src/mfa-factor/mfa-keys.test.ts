import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { MfaKeys } from './mfa-keys.ts';

const keys = new MfaKeys('the secret of authenticator apps');
const user = { tenantId: randomUUID(), userId: randomUUID() };
const NOW = new Date('2030-01-01T00:00:00Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);

test('a sealed secret opens for its user only', () => {
  const sealed = keys.seal('JBSWY3DPEHPK3PXP', user);
  expect(sealed).not.toContain('JBSWY3DPEHPK3PXP');
  expect(keys.seal('JBSWY3DPEHPK3PXP', user)).not.toBe(sealed);
  expect(keys.open(sealed, user)).toBe('JBSWY3DPEHPK3PXP');
  expect(() => keys.open(sealed, { ...user, userId: randomUUID() })).toThrow();
  expect(() => keys.open(sealed, { ...user, tenantId: randomUUID() })).toThrow();
  expect(() => new MfaKeys('another secret of at least 32 bytes').open(sealed, user)).toThrow();
});

test('a challenge is valid for five minutes', () => {
  const { token, expiresAt } = keys.challenge(user, 'hash', NOW);
  expect(expiresAt).toEqual(after(300_000));
  expect(keys.read(token, after(299_999))).toEqual({ ...user, expiresAt });
  expect(keys.isSigned(token, 'hash')).toBe(true);
  expect(keys.read(token, after(300_000))).toBeNull();
});

test('a changed or foreign challenge, and one before a new password, is not signed', () => {
  const { token } = keys.challenge(user, 'hash', NOW);
  const bytes = Buffer.from(token, 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(keys.isSigned(changed.toString('base64url'), 'hash')).toBe(false);
  }
  for (const cut of [token.slice(0, -4), '', `${token}AAAA`]) {
    expect(keys.read(cut, NOW)).toBeNull();
    expect(keys.isSigned(cut, 'hash')).toBe(false);
  }
  expect(keys.isSigned(token, 'hash of a new password')).toBe(false);
  expect(new MfaKeys('another secret of at least 32 bytes').isSigned(token, 'hash')).toBe(false);
});

test('a process without the secret says which variable is missing', () => {
  expect(() => new MfaKeys(undefined).challenge(user, 'hash', NOW)).toThrow('Set MFA_SECRET_FILE');
});
