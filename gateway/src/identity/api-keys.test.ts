import { expect, test } from '@jest/globals';
import { TestClock } from '@souk/kit/testing';
import { lookUpBrake } from '../limits/look-up-brake.ts';
import { ApiKeyVerifier, type ApiKeyGrant } from './api-keys.ts';
import { TENANT } from './../testing/fixture-identity.ts';

const KEY_ID = '44444444-4444-4444-8444-444444444444';
const ADDRESS = '203.0.113.7';
const keyOf = (sign: string) => `souk_${sign.repeat(43)}`;
const KEY = keyOf('k');

/** A verifier whose source has one key. The test may replace the key's grant. */
function fixture(overrides: Partial<ApiKeyGrant> = {}) {
  const clock = new TestClock(new Date('2030-01-01T00:00:00Z'));
  const grant: ApiKeyGrant = {
    keyId: KEY_ID,
    tenantId: TENANT,
    scopes: ['orders:read'],
    allowedAddresses: [],
    expiresAt: new Date('2030-01-02T00:00:00Z'),
    ...overrides,
  };
  const source = { asked: 0, answer: async (): Promise<ApiKeyGrant | null> => grant };
  let hash: string | null = null;
  const verifier = new ApiKeyVerifier(
    {
      apiKey: async (asked) => {
        source.asked += 1;
        hash ??= asked;
        return asked === hash ? source.answer() : null;
      },
    },
    lookUpBrake(),
    clock,
  );
  const problemOf = async (key: string, address = ADDRESS) => {
    const verified = await verifier.verify(key, address);
    return verified.ok ? null : verified.error;
  };
  return { clock, source, verifier, problemOf };
}

test('a key has the rights of its grant, and its id stands for its session', async () => {
  const { verifier } = fixture();
  expect(await verifier.verify(KEY, ADDRESS)).toMatchObject({
    ok: true,
    value: { userId: KEY_ID, sessionId: KEY_ID, tenantId: TENANT, role: 'API_KEY', scopes: ['orders:read'] },
  });
});

test('a key is looked up once in 30 seconds, also by many requests at the same time', async () => {
  const { clock, source, problemOf } = fixture();
  await Promise.all([1, 2, 3].map(() => problemOf(KEY)));
  clock.advance(29_999);
  expect([await problemOf(KEY), source.asked]).toEqual([null, 1]);
  clock.advance(1);
  expect([await problemOf(KEY), source.asked]).toEqual([null, 2]);
});

test('a key that is no longer known is refused after 30 seconds, and an expired key at once', async () => {
  const { clock, source, problemOf } = fixture({ expiresAt: new Date('2030-01-01T00:00:10Z') });
  expect(await problemOf(KEY)).toBeNull();
  clock.advance(10_000);
  expect(await problemOf(KEY)).toBe('EXPIRED');
  source.answer = async () => null;
  clock.advance(20_000);
  expect(await problemOf(KEY)).toBe('INVALID');
});

test('a known key stays valid while the source does not answer, and an unknown key is not refused for good', async () => {
  const { clock, source, problemOf } = fixture();
  const { answer } = source;
  source.answer = async () => {
    throw new Error('no answer');
  };
  await expect(problemOf(KEY)).rejects.toThrow('no answer');
  source.answer = answer;
  expect(await problemOf(KEY)).toBeNull();
  source.answer = async () => {
    throw new Error('no answer');
  };
  clock.advance(30_000);
  expect(await problemOf(KEY)).toBeNull();
});

test('a text without the shape of a key costs no look-up', async () => {
  const { source, problemOf } = fixture();
  for (const text of ['souk_', 'souk_short', `${KEY}x`, `souk_${'ü'.repeat(43)}`])
    expect(await problemOf(text)).toBe('INVALID');
  expect(source.asked).toBe(0);
});

test('an address that invents keys is braked, and known keys pass', async () => {
  const { source, clock, problemOf } = fixture();
  expect(await problemOf(KEY)).toBeNull();
  const inventions = Array.from({ length: 30 }, (_, n) => `souk_${String(n).padStart(43, '0')}`);
  const problems = await Promise.all(inventions.map((key) => problemOf(key)));
  expect(problems.filter((problem) => problem === 'TOO_MANY')).toHaveLength(10);
  expect(source.asked).toBe(21);
  clock.advance(30_000);
  expect(await problemOf(KEY)).toBeNull();
  expect(await problemOf(keyOf('x'), '198.51.100.1')).toBe('INVALID');
});

test.each([
  ['203.0.113.0/24', '203.0.113.7', null],
  ['203.0.113.0/24', '::ffff:203.0.113.7', null],
  ['203.0.113.0/24', '203.0.114.7', 'ADDRESS'],
  ['203.0.113.7', '203.0.113.8', 'ADDRESS'],
  ['2001:db8::/32', '2001:db8::1', null],
  ['2001:db8::/32', '203.0.113.7', 'ADDRESS'],
  ['2001:db8::1', 'not an address', 'ADDRESS'],
])('a key for %s from %s: %p', async (network, address, expected) => {
  expect(await fixture({ allowedAddresses: [network] }).problemOf(KEY, address)).toBe(expected);
});
