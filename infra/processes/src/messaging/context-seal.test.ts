import { expect, test } from '@jest/globals';
import { testContext, TestClock } from '@souk/kit/testing';
import { sharedSecretSeal } from './context-seal.ts';

const SECRET = 'a secret of thirty-two characters';

test.each([
  ['the platform itself', testContext()],
  ['a user', testContext({ scopes: ['orders:read'] })],
  ['a stranger', { ...testContext(), actor: { kind: 'anonymous' as const } }],
])('a command on behalf of %s arrives as such', async (_who, context) => {
  const seal = sharedSecretSeal(SECRET, new TestClock(new Date()));
  expect(await seal.open(await seal.seal(context))).toEqual(context);
});

test('other fields of a context are not sent', async () => {
  const context = testContext();
  const seal = sharedSecretSeal(SECRET, new TestClock(new Date()));
  expect(await seal.open(await seal.seal({ ...context, resumeAfter: '7' }))).toEqual(context);
});

test('a seal that has expired, or that another secret made, opens nothing', async () => {
  const clock = new TestClock(new Date());
  const seal = sharedSecretSeal(SECRET, clock);
  const token = await seal.seal(testContext());
  await expect(async () => sharedSecretSeal(`${SECRET} not`, clock).open(token)).rejects.toThrow('signature');
  clock.advance(61_000);
  await expect(async () => seal.open(token)).rejects.toThrow('exp');
});
