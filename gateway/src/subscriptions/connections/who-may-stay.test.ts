import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import type { TokenClaims } from '../../identity/token-claims.ts';
import { openEventStream } from '../../testing/event-stream.ts';
import { startFixtureGateway, type FixtureGateway } from '../../testing/fixture-gateway.ts';
import { rawSocket } from '../../testing/raw-socket.ts';

// The validity of an admitted caller is checked before each event and at each heartbeat. To test each check separately, heartbeats are
// either very rare or very frequent.

const NEVER_MS = 1_000_000_000;
const OFTEN_MS = 120;
const HOUR_MS = 60 * 60_000;
const CHANGED = 'subscription { productChanged { name } }';

let gateway: FixtureGateway;
let aheadMs: number;
let ended: Set<string>;
let isBroken: boolean;
beforeEach(() => {
  isBroken = false;
  aheadMs = 0;
  ended = new Set();
});
afterEach(() => gateway.app.close());

function isRevoked({ sessionId }: TokenClaims): boolean {
  if (isBroken) throw new Error('the list of sessions is gone');
  return sessionId !== null && ended.has(sessionId);
}

async function start(keepAliveMs: number): Promise<void> {
  gateway = await startFixtureGateway({
    limits: { keepAliveMs },
    clock: { now: () => new Date(Date.now() + aheadMs) },
    revocations: { isRevoked },
  });
}

async function subscribed(sessionId: string) {
  const authorization = `Bearer ${await gateway.identity.token({ sessionId })}`;
  const socket = await rawSocket(gateway.url, { init: { authorization } });
  socket.send({ id: '1', type: 'subscribe', payload: { query: CHANGED } });
  return socket;
}

async function streaming(sessionId: string) {
  const authorization = `Bearer ${await gateway.identity.token({ sessionId })}`;
  return openEventStream(gateway.url, { query: CHANGED }, { authorization });
}

const operations = (count: number) => until(() => gateway.gateway.subscriptionCounts().operations === count);
const change = (id: string) => gateway.world.events.emit('productChanged', id);
const listening = (count: number) => until(() => gateway.world.events.listenerCount('productChanged') === count);
const LAMP = { data: { productChanged: { name: 'Lamp 1' } } };

/**
 * The last events of a revoked caller's event stream. Clients of graphql-sse do not reconnect after `complete`, and reconnect when it is
 * missing.
 */
const REVOKED = [
  ['next', { errors: [{ message: expect.any(String), extensions: { code: 'TOKEN_REVOKED' } }] }],
  ['complete', null],
];
describe.each([
  ['has expired', () => void (aheadMs = HOUR_MS), 'TOKEN_EXPIRED', { closeCode: 4403, lastEvents: [] }],
  ['was revoked', () => void ended.add('left'), 'TOKEN_REVOKED', { closeCode: 4401, lastEvents: REVOKED }],
])('when the token %s', (_how, happens, code, { closeCode, lastEvents }) => {
  test('no event is delivered to the socket any more, which closes with the reason', async () => {
    await start(NEVER_MS);
    const { next, closed } = await subscribed('left');
    await listening(1);
    change('1');
    expect(await next()).toMatchObject({ type: 'next', payload: LAMP });
    happens();
    change('2');
    expect(await closed).toEqual({ code: closeCode, reason: expect.stringContaining(code) });
    await listening(0);
    expect(gateway.gateway.subscriptionCounts()).toMatchObject({ operations: 0, answers: 1, endedByToken: 1 });
  });

  test('the event stream ends, so that its client connects again where a new token helps', async () => {
    await start(NEVER_MS);
    const { events } = await streaming('left');
    await listening(1);
    happens();
    change('1');
    expect(await events).toEqual(lastEvents);
    await listening(0);
  });

  test('both end soon, also without an event', async () => {
    await start(OFTEN_MS);
    const [socket, stream] = [await subscribed('left'), await streaming('left')];
    await operations(2);
    happens();
    expect(await socket.closed).toMatchObject({ code: closeCode });
    expect(await stream.events).toEqual(lastEvents);
    await listening(0);
    expect(gateway.gateway.subscriptionCounts()).toMatchObject({ operations: 0, upstreams: 0, endedByToken: 2 });
  });

  test('the token opens no socket and no event stream', async () => {
    await start(NEVER_MS);
    const authorization = `Bearer ${await gateway.identity.token({ sessionId: 'left' })}`;
    happens();
    const { send, closed } = await rawSocket(gateway.url);
    send({ type: 'connection_init', payload: { authorization } });
    expect(await closed).toMatchObject({ code: closeCode });
    const { status } = await openEventStream(gateway.url, { query: CHANGED }, { authorization });
    expect(status).toBe(401);
  });
});

test('the end of one session ends no other session, not even of the same user', async () => {
  await start(NEVER_MS);
  const [left, stayed] = [await subscribed('left'), await subscribed('stayed')];
  await operations(2);
  await listening(1);
  ended.add('left');
  change('1');
  expect(await left.closed).toMatchObject({ code: 4401 });
  expect(await stayed.next()).toMatchObject({ payload: LAMP });
  stayed.socket.terminate();
});

describe.each([
  ['between events', OFTEN_MS, () => undefined],
  ['at an event', NEVER_MS, () => change('1')],
])('when the revocation of the token cannot be checked, %s', (_when, keepAliveMs, happens) => {
  test('connections with a token are closed, and the gateway continues to serve', async () => {
    await start(keepAliveMs);
    const { closed } = await subscribed('here');
    const { events } = await streaming('here too');
    await operations(2);
    await listening(1);
    isBroken = true;
    happens();
    expect(await closed).toMatchObject({ code: 1013 });
    expect(await events).toEqual([
      ['next', { errors: [{ message: expect.any(String), extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }],
      ['complete', null],
    ]);
    await operations(0);
    expect(gateway.logs.join()).toContain('the list of sessions is gone');
    isBroken = false;
    expect((await gateway.graphql('{ products { name } }')).status).toBe(200);
  });
});
