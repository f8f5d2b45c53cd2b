import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { groupsOf, type RequestContext } from '@souk/kit/context';
import { testContext, TestClock } from '@souk/kit/testing';
import { CONTEXT_HEADER, ContextSigner, ContextVerifier } from './index.ts';

function newKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = (key: typeof privateKey, type: 'pkcs8' | 'spki') => String(key.export({ format: 'pem', type }));
  return { privateKeyPem: pem(privateKey, 'pkcs8'), publicKeysPem: pem(publicKey, 'spki'), privateKey };
}

const clerk = testContext({ scopes: ['orders:read'] });

function pair(audience = 'orders') {
  const clock = new TestClock(new Date());
  const { privateKey, privateKeyPem, publicKeysPem } = newKeys();
  const signer = new ContextSigner({ privateKeyPem, clock });
  const verifier = new ContextVerifier({ publicKeysPem, audience, clock });
  return { clock, privateKey, publicKeysPem, signer, verifier };
}

describe('a signed context', () => {
  test('identifies the caller and the request', async () => {
    const { signer, verifier } = pair();
    expect(await verifier.contextOf(signer.headers('orders', clerk))).toEqual({ ok: true, value: clerk });
  });

  test('carries the customer groups, the customer and the company, and a context without them has none', async () => {
    const { signer, verifier } = pair();
    const actor = { kind: 'user', userId: randomUUID(), role: 'SHOPPER', scopes: [] } as const;
    const member = {
      ...clerk,
      actor: {
        ...actor,
        groups: [randomUUID(), randomUUID()],
        customerId: randomUUID(),
        company: { id: randomUUID(), vatId: null },
      },
    };
    expect(await verifier.contextOf(signer.headers('orders', member))).toEqual({ ok: true, value: member });
    const plain = { ...clerk, actor };
    expect(await verifier.contextOf(signer.headers('orders', plain))).toEqual({ ok: true, value: plain });
    expect(groupsOf(plain)).toEqual([]);
  });

  test("carries the client's address, by which mutations are rate limited", async () => {
    const { signer, verifier } = pair();
    const context = { ...clerk, clientAddress: '203.0.113.9' };
    expect(await verifier.contextOf(signer.headers('orders', context))).toEqual({ ok: true, value: context });
  });

  test('is a JWT for one subgraph that is valid for one minute', () => {
    const { clock, signer } = pair();
    const token = String(signer.headers('orders', clerk)[CONTEXT_HEADER]);
    const iat = Math.floor(clock.now().getTime() / 1000);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', kid: expect.any(String) });
    expect(decodeJwt(token)).toMatchObject({ iss: 'souk-gateway', aud: 'orders', iat, exp: iat + 60 });
  });

  test('carries only the fields of a request context', () => {
    const { signer } = pair();
    const context = { ...clerk, forwarded: { cookie: 'secret' } };
    const token = String(signer.headers('orders', context)[CONTEXT_HEADER]);
    expect(JSON.stringify(decodeJwt(token))).not.toContain('secret');
  });

  test('is used again for the same caller in the first half of its lifetime, for any request', () => {
    const { clock, signer } = pair();
    const first = signer.headers('orders', clerk);
    const next: RequestContext = { ...clerk, requestId: randomUUID() };
    clock.advance(29_000);
    expect(signer.headers('orders', next)).toEqual({ ...first, 'x-request-id': next.requestId });
    clock.advance(2_000);
    expect(signer.headers('orders', next)[CONTEXT_HEADER]).not.toBe(first[CONTEXT_HEADER]);
  });

  test('of another caller differs', () => {
    const { signer } = pair();
    const tokens = [clerk, testContext({ scopes: [] }), { ...clerk, locale: 'de' }].map(
      (context) => signer.headers('orders', context)[CONTEXT_HEADER],
    );
    expect(new Set(tokens).size).toBe(3);
  });

  test('of a system actor is never signed', () => {
    expect(() => pair().signer.headers('orders', testContext())).toThrow('system actor');
  });
});

describe('a request is refused', () => {
  test('without a context', async () => {
    expect(await pair().verifier.contextOf({})).toEqual({ ok: false, error: 'MISSING' });
  });

  test('with a context that was copied from a request to another subgraph', async () => {
    const { signer, verifier } = pair();
    expect(await verifier.contextOf(signer.headers('catalog', clerk))).toEqual({ ok: false, error: 'INVALID' });
  });

  test('with an altered context', async () => {
    const { signer, verifier } = pair();
    const [header, payload = '', signature] = String(signer.headers('orders', clerk)[CONTEXT_HEADER]).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    claims.context.actor.scopes = ['orders:write'];
    const altered = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const token = [header, altered, signature].join('.');
    expect(await verifier.contextOf({ [CONTEXT_HEADER]: token })).toEqual({ ok: false, error: 'INVALID' });
  });

  test('with an expired context, even if it was accepted before', async () => {
    const { clock, signer, verifier } = pair();
    const [known, unknown] = [signer.headers('orders', clerk), signer.headers('orders', testContext({ scopes: [] }))];
    expect(await verifier.contextOf(known)).toMatchObject({ ok: true });
    clock.advance(61_000);
    expect(await verifier.contextOf(known)).toEqual({ ok: false, error: 'EXPIRED' });
    expect(await verifier.contextOf(unknown)).toEqual({ ok: false, error: 'EXPIRED' });
  });

  test("with a context that another key signed, even under the known key's id", async () => {
    const { verifier, signer, clock } = pair();
    const stranger = newKeys();
    const foreign = new ContextSigner({ privateKeyPem: stranger.privateKeyPem, clock }).headers('orders', clerk);
    expect(await verifier.contextOf(foreign)).toEqual({ ok: false, error: 'INVALID' });
    const ours = String(signer.headers('orders', clerk)[CONTEXT_HEADER]);
    const input = ours.slice(0, ours.lastIndexOf('.'));
    const forged = `${input}.${sign(null, Buffer.from(input), stranger.privateKey).toString('base64url')}`;
    expect(await verifier.contextOf({ [CONTEXT_HEADER]: forged })).toEqual({ ok: false, error: 'INVALID' });
  });

  test('with an unsigned context, or with text that is not a token', async () => {
    const { verifier, signer } = pair();
    const [, payload] = String(signer.headers('orders', clerk)[CONTEXT_HEADER]).split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const token of [none, 'nonsense', '']) {
      expect(await verifier.contextOf({ [CONTEXT_HEADER]: token })).toEqual({ ok: false, error: 'INVALID' });
    }
  });

  test("with the gateway's own context, where a caller is required", async () => {
    const { signer, verifier } = pair();
    const own = signer.ownHeaders('orders');
    expect(await verifier.contextOf(own)).toEqual({ ok: false, error: 'INVALID' });
    expect(await verifier.isGateway(own)).toBe(true);
    expect(await verifier.isGateway(signer.ownHeaders('catalog'))).toBe(false);
  });
});

test('while a new key replaces an old one, contexts of both keys are accepted', async () => {
  const clock = new TestClock(new Date());
  const [old, next] = [newKeys(), newKeys()];
  const publicKeysPem = `${old.publicKeysPem}\n${next.publicKeysPem}`;
  const verifier = new ContextVerifier({ publicKeysPem, audience: 'orders', clock });
  for (const { privateKeyPem } of [old, next]) {
    const headers = new ContextSigner({ privateKeyPem, clock }).headers('orders', clerk);
    expect(await verifier.contextOf(headers)).toMatchObject({ ok: true });
  }
});

test('invalid keys, and keys of another kind, are refused at the start', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const clock = new TestClock(new Date());
  const publicKeysPem = String(rsa.publicKey.export({ format: 'pem', type: 'spki' }));
  const privateKeyPem = String(rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }));
  expect(() => new ContextVerifier({ publicKeysPem: 'none', audience: 'orders', clock })).toThrow('BEGIN PUBLIC KEY');
  expect(() => new ContextVerifier({ publicKeysPem, audience: 'orders', clock })).toThrow('use an Ed25519 key');
  expect(() => new ContextSigner({ privateKeyPem, clock })).toThrow('use an Ed25519 key');
});
