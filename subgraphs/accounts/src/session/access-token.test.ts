import { expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { scopesOfRoles } from '../user/role.policy.ts';
import { issueAccessToken } from './access-token.ts';
import { generateSigningKey, SigningKeys } from './signing-keys.ts';

const [oldPem, newPem] = [generateSigningKey(), generateSigningKey()];
const roleScopes = scopesOfRoles([
  { name: 'orders:read', roles: ['OWNER', 'STAFF'] },
  { name: 'orders:write', roles: ['OWNER', 'STAFF'] },
]);
const now = new Date('2030-01-01T00:00:00Z');
const subject = {
  userId: 'user',
  tenantId: 'tenant',
  role: 'STAFF',
  sessionId: 'login',
  holder: null,
  sessionEndsAt: null,
} as const;
const verifying = { algorithms: ['RS256'], issuer: 'souk', audience: 'souk', currentDate: now };

test('a token holds user, tenant, role and scopes, and is valid for 15 minutes', async () => {
  const keys = new SigningKeys([oldPem]);
  const { token, expiresAt } = await issueAccessToken({ keys, roleScopes }, subject, now);
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys.jwks()), verifying);
  expect(payload).toEqual({
    sub: 'user',
    tid: 'tenant',
    role: 'STAFF',
    scope: 'orders:read orders:write',
    sid: 'login',
    iss: 'souk',
    aud: 'souk',
    iat: now.getTime() / 1000,
    exp: now.getTime() / 1000 + 900,
  });
  expect(expiresAt).toEqual(new Date('2030-01-01T00:15:00Z'));
});

test('after a rotation the new key signs, and tokens of the old key stay valid', async () => {
  const before = new SigningKeys([oldPem]);
  const after = new SigningKeys([newPem, oldPem]);
  const { token } = await issueAccessToken({ keys: before, roleScopes }, subject, now);
  await expect(jwtVerify(token, createLocalJWKSet(after.jwks()), verifying)).resolves.toBeDefined();
  const renewed = await issueAccessToken({ keys: after, roleScopes }, subject, now);
  expect(decodeProtectedHeader(renewed.token).kid).toBe(after.current.kid);
  expect(after.current.kid).not.toBe(before.current.kid);
  await expect(jwtVerify(renewed.token, createLocalJWKSet(before.jwks()), verifying)).rejects.toThrow();
});

test('the published keys hold no private part', () => {
  for (const key of new SigningKeys([newPem, oldPem]).jwks().keys)
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
});

test('a key that is not RSA is refused at construction', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(() => new SigningKeys([pem])).toThrow('RSA');
});

test('a token does not outlive its session', async () => {
  const keys = new SigningKeys([oldPem]);
  const sessionEndsAt = new Date(now.getTime() + 60_000);
  const { expiresAt } = await issueAccessToken({ keys, roleScopes }, { ...subject, sessionEndsAt }, now);
  expect(expiresAt).toEqual(sessionEndsAt);
});
