import { describe, expect, test } from '@jest/globals';
import { testContext, TestClock } from '@souk/kit/testing';
import { testKeys } from '../testing/test-keys.ts';
import { sealedCommands } from './command-trust.ts';
import { MessageKeys } from './message-keys.ts';

const ALL = ['catalog', 'orders', 'payments'];
const CAPTURE = { name: 'payments.capture', version: 1 };
const BODY = '{"paymentId":"1"}';
const context = testContext({ scopes: ['orders:read'] });

function world() {
  const clock = new TestClock(new Date());
  const trustOf = (name: string, peers = ALL) => sealedCommands(new MessageKeys(testKeys(name, peers)), clock);
  return { clock, trustOf, orders: trustOf('orders'), payments: trustOf('payments'), catalog: trustOf('catalog') };
}

describe('a sealed command', () => {
  test.each([
    ['the platform itself', testContext()],
    ['a user', context],
    [
      'a customer in groups',
      {
        ...context,
        actor: {
          kind: 'user' as const,
          userId: 'u',
          role: 'SHOPPER',
          scopes: [],
          groups: ['g'],
          customerId: 'c',
          company: { id: 'co', vatId: 'DE136695976' },
        },
      },
    ],
    ['a stranger', { ...context, actor: { kind: 'anonymous' as const } }],
  ])('arrives with its sender, on behalf of %s', (_who, caller) => {
    const { clock, orders, payments } = world();
    const seal = orders.seal({ ...caller, resumeAfter: '7' }, CAPTURE, BODY);
    expect(payments.open(seal, CAPTURE, BODY)).toEqual({
      context: caller,
      sender: 'orders',
      seal: { id: expect.any(String), expiresAt: new Date(clock.now().getTime() + 60_000) },
    });
  });

  test('is accepted once', () => {
    const { orders, payments } = world();
    const seal = orders.seal(context, CAPTURE, BODY);
    payments.open(seal, CAPTURE, BODY);
    expect(() => payments.open(seal, CAPTURE, BODY)).toThrow('used before');
  });

  test('is valid for a minute', () => {
    const { clock, orders, payments } = world();
    const seal = orders.seal(context, CAPTURE, BODY);
    clock.advance(60_001);
    expect(() => payments.open(seal, CAPTURE, BODY)).toThrow('expired');
  });

  test('is valid for one command, one body and one subgraph', () => {
    const { orders, payments, catalog } = world();
    const seal = orders.seal(context, CAPTURE, BODY);
    expect(() => payments.open(seal, { ...CAPTURE, name: 'payments.refund' }, BODY)).toThrow('its seal is for command');
    expect(() => payments.open(seal, { ...CAPTURE, version: 2 }, BODY)).toThrow('its seal is for command');
    expect(() => payments.open(seal, CAPTURE, '{"paymentId":"2"}')).toThrow('its body differs from the sealed one');
    expect(() => catalog.open(seal, CAPTURE, BODY)).toThrow('its seal is for "payments"');
  });

  test('is refused from a sender without a known key, and when any part is changed', () => {
    const { trustOf, orders, payments } = world();
    expect(() => payments.open(trustOf('stranger').seal(context, CAPTURE, BODY), CAPTURE, BODY)).toThrow(
      'not from a sender known',
    );
    const [keyId, signature, text = ''] = orders.seal(context, CAPTURE, BODY).split(' ');
    const claims = Buffer.from(text, 'base64url').toString();
    const altered = Buffer.from(claims.replace('orders:read', 'orders:writ')).toString('base64url');
    for (const seal of [`${keyId} ${signature} ${altered}`, `${keyId} ${signature}`, '', 'a b c']) {
      expect(() => payments.open(seal, CAPTURE, BODY)).toThrow('not from a sender known');
    }
  });
});

describe('a signed reply', () => {
  test('is accepted only from the subgraph that answers the command, and only for the request that it answers', () => {
    const { orders, payments, catalog } = world();
    const seal = orders.seal(context, CAPTURE, BODY);
    const reply = { seal, errorCode: null, body: '{"ok":true}' };
    const signature = payments.signReply(reply);
    expect(orders.isGenuine(CAPTURE, reply, signature)).toBe(true);
    expect(orders.isGenuine(CAPTURE, { ...reply, body: '{"ok":false}' }, signature)).toBe(false);
    expect(orders.isGenuine(CAPTURE, { ...reply, errorCode: 'FAILED' }, signature)).toBe(false);
    expect(orders.isGenuine(CAPTURE, { ...reply, seal: orders.seal(context, CAPTURE, BODY) }, signature)).toBe(false);
    expect(orders.isGenuine(CAPTURE, reply, catalog.signReply(reply))).toBe(false);
    expect(orders.isGenuine(CAPTURE, reply, 'nonsense')).toBe(false);
  });
});
