import { expect, test } from '@jest/globals';
import { fixtureIdentity } from '../testing/fixture-identity.ts';
import { TokenVerifier } from './token-verifier.ts';

async function verifierAt(startMs = Date.now()) {
  const identity = await fixtureIdentity();
  const clock = { nowMs: startMs, now: () => new Date(clock.nowMs) };
  return { identity, clock, verifier: new TokenVerifier(identity, clock) };
}

test('the keys are fetched once', async () => {
  const { identity, verifier } = await verifierAt();
  for (const userId of ['a', 'b', 'c']) {
    expect(await verifier.verify(await identity.token({ userId }))).toMatchObject({ ok: true, value: { userId } });
  }
  expect(identity.asked).toBe(1);
});

test('a token that was accepted before still expires', async () => {
  const { identity, clock, verifier } = await verifierAt();
  const token = await identity.token({ expiresInSeconds: 60 });
  expect(await verifier.verify(token)).toMatchObject({ ok: true });
  clock.nowMs = Date.now() + 61_000; // the token was signed after the clock was set
  expect(await verifier.verify(token)).toEqual({ ok: false, error: 'EXPIRED' });
});

test('a token of a new key is accepted at once, one of the old key no longer', async () => {
  const { identity, clock, verifier } = await verifierAt();
  const old = await identity.token();
  await verifier.verify(old);
  clock.nowMs += 20_000;
  await identity.rotate();
  expect(await verifier.verify(await identity.token())).toMatchObject({ ok: true });
  expect(identity.asked).toBe(2);
  expect(await verifier.verify(old)).toEqual({ ok: false, error: 'INVALID' });
});

test('tokens without a known key do not cause repeated fetches of the keys', async () => {
  const { identity, verifier } = await verifierAt();
  const stranger = await fixtureIdentity();
  await stranger.rotate();
  for (let count = 0; count < 5; count += 1) {
    expect(await verifier.verify(await stranger.token())).toEqual({ ok: false, error: 'INVALID' });
  }
  expect(identity.asked).toBe(1);
});

test('a failed fetch of the keys throws, and is repeated', async () => {
  const { identity, verifier } = await verifierAt();
  const keys = identity.keys;
  identity.keys = () => Promise.reject(new Error('down'));
  await expect(verifier.verify(await identity.token())).rejects.toThrow('down');
  identity.keys = keys;
  expect(await verifier.verify(await identity.token())).toMatchObject({ ok: true });
});
