import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { rawSocket, type RawSocket } from '../testing/raw-socket.ts';
import { resumedGateways, type ResumedGateways } from '../testing/resumed-gateways.ts';

interface Payload {
  readonly data: { readonly rang: { readonly times: number; readonly mayTell?: boolean | null } } | null;
  readonly extensions: { readonly position: string };
}

interface Message {
  readonly id: string;
  readonly type: string;
  readonly payload: Payload;
}

let world: ResumedGateways;
let sockets: RawSocket[];
beforeEach(async () => {
  world = await resumedGateways();
  sockets = [];
});
afterEach(async () => {
  for (const { socket } of sockets) socket.terminate();
  await world.close();
});

const RANG = 'subscription { rang { times } }';

/** Opens a subscription. `next` of the result reads one message. */
async function subscribe(
  url: string,
  extensions: Readonly<Record<string, unknown>> = {},
  query = RANG,
  init: Readonly<Record<string, unknown>> = {},
) {
  const socket = await rawSocket(url, { init });
  sockets.push(socket);
  const next = async () => (await socket.next()) as Message;
  const again = (id: string, more: Readonly<Record<string, unknown>>) =>
    socket.send({ id, type: 'subscribe', payload: { query, extensions: more } });
  again('1', extensions);
  return { socket, next, again };
}

/** The content of a message: the event's number, or `checkpoint`. */
const deliveryOf = ({ payload }: Message) => payload.data?.rang.times ?? 'checkpoint';
const positionOf = ({ payload }: Message) => payload.extensions.position;

test('each answer has a position that is opaque', async () => {
  const { url } = await world.open();
  const { next } = await subscribe(url, { resumable: true });
  const beginning = await next();
  await world.ring(1, 2);
  const received = [await next(), await next()];
  expect([beginning, ...received].map(deliveryOf)).toEqual(['checkpoint', 1, 2]);
  const positions = [beginning, ...received].map(positionOf);
  for (const position of positions) expect(position).toMatch(/^[\w-]{40,120}$/);
  expect(new Set(positions).size).toBe(3);
});

test('equal subscribers get the same position, wherever they are connected', async () => {
  const [one, other] = [await world.open(), await world.open()];
  const watching = await Promise.all([one, one, other].map(({ url }) => subscribe(url, { resumable: true })));
  for (const { next } of watching) await next();
  await world.ring(1);
  const positions = await Promise.all(watching.map(async ({ next }) => positionOf(await next())));
  expect(new Set(positions).size).toBe(1);
});

test('a client that does not ask for positions gets no message without data', async () => {
  const { url } = await world.open();
  const { next } = await subscribe(url);
  await until(() => world.feeds() === 1);
  await world.ring(1);
  expect(deliveryOf(await next())).toBe(1);
});

test("a subscription continues at another gateway after the client's last answer", async () => {
  const [one, other] = [await world.open(), await world.open()];
  const { next } = await subscribe(one.url, { resumable: true });
  await next();
  await world.ring(1, 2);
  const [first] = [await next(), await next()];
  await one.gateway.app.close();
  await world.ring(3);
  const resumed = await subscribe(other.url, { resumeAfter: positionOf(first) });
  const received = [await resumed.next(), await resumed.next(), await resumed.next()];
  await world.ring(4);
  expect([...received, await resumed.next()].map(deliveryOf)).toEqual([2, 3, 'checkpoint', 4]);
});

test('a subscription continues after its first checkpoint when the client had no answer yet', async () => {
  const { url } = await world.open();
  const { next, socket } = await subscribe(url, { resumable: true });
  const beginning = await next();
  socket.socket.terminate();
  await world.ring(1);
  const resumed = await subscribe(url, { resumeAfter: positionOf(beginning) });
  expect(deliveryOf(await resumed.next())).toBe(1);
});

test('all clients of a stopped gateway share one subscription in the subgraph, and each gets the events it missed', async () => {
  const [one, other] = [await world.open(), await world.open()];
  const first = await subscribe(one.url, { resumable: true });
  await first.next();
  await world.ring(1, 2, 3);
  const positions = [await first.next(), await first.next(), await first.next()].map(positionOf);
  await one.gateway.app.close();
  await world.ring(4);
  let came = 0;
  const whenAllCame = (message: Message): Message => {
    came += 1;
    if (came === 30) void world.ring(5);
    return message;
  };
  const resumed = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      const { next } = await subscribe(other.url, { resumeAfter: positions[index % 3] });
      const received: unknown[] = [];
      while (received.at(-1) !== 5) received.push(deliveryOf(await next().then(whenAllCame)));
      return received.filter((each) => each !== 'checkpoint');
    }),
  );
  expect(resumed).toEqual(
    Array.from(
      { length: 30 },
      (_, index) =>
        [
          [2, 3, 4, 5],
          [3, 4, 5],
          [4, 5],
        ][index % 3],
    ),
  );
  expect([other.gateway.subscriptionCounts().upstreams, world.feeds()]).toEqual([1, 1]);
});

test.each([
  ['made up', () => 'bm90IGEgcG9zaXRpb24gb2Ygb3Vycywgbm90IGF0IGFsbCE'],
  ['altered', (position: string) => `${position.startsWith('A') ? 'B' : 'A'}${position.slice(1)}`],
  ['far too long', () => 'A'.repeat(100_000)],
  ['empty', () => ''],
])('a position that is %s is refused with the remedy', async (_what, other) => {
  const { url } = await world.open();
  const { next, again } = await subscribe(url, { resumable: true });
  again('2', { resumeAfter: other(positionOf(await next())) });
  expect(await next()).toMatchObject({
    id: '2',
    type: 'error',
    payload: [
      { message: expect.stringContaining('read the present state'), extensions: { code: 'RESUME_POSITION_LOST' } },
    ],
  });
});

test('a position whose events are forgotten is refused, and other subscribers continue', async () => {
  const { url } = await world.open();
  const others = await resumedGateways(); // the same key, other events
  const elsewhere = await others.open();
  const stranger = await subscribe(elsewhere.url, { resumable: true });
  const position = positionOf(await stranger.next());
  await others.close();
  const { next, again } = await subscribe(url, { resumable: true });
  await next();
  again('2', { resumeAfter: position });
  expect(await next()).toMatchObject({ id: '2', payload: [{ extensions: { code: 'RESUME_POSITION_LOST' } }] });
  await world.ring(1);
  expect(deliveryOf(await next())).toBe(1);
});

test('a position that is not text is refused by name', async () => {
  const { url } = await world.open();
  const { next } = await subscribe(url, { resumeAfter: 7 });
  expect(await next()).toMatchObject({
    type: 'error',
    payload: [{ message: expect.stringContaining('extensions.resumeAfter'), extensions: { code: 'BAD_REQUEST' } }],
  });
});

test('a caller who may not subscribe any more may not resume', async () => {
  const { url } = await world.open();
  const query = 'subscription { rangForRingers { times } }';
  const ringer = { authorization: `Bearer ${await world.identity.token({ scope: 'bells:ring' })}` };
  const { next } = await subscribe(url, { resumable: true }, query, ringer);
  const position = positionOf(await next());
  await world.ring(1);
  await next();
  const former = { authorization: `Bearer ${await world.identity.token()}` };
  const refused = await subscribe(url, { resumeAfter: position }, query, former);
  expect(await refused.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'FORBIDDEN' } }] });
});

test('each answer of the catch-up is authorized anew', async () => {
  const [one, other] = [await world.open(), await world.open()];
  const query = 'subscription { rang { times mayTell } }';
  const { next } = await subscribe(one.url, { resumable: true }, query);
  await next();
  await world.ring(1);
  const first = await next();
  expect(first.payload.data?.rang.mayTell).toBe(true);
  await one.gateway.app.close();
  await world.ring(2);
  world.silence();
  const resumed = await subscribe(other.url, { resumeAfter: positionOf(first) }, query);
  expect((await resumed.next()).payload).toMatchObject({
    data: { rang: { times: 2, mayTell: null } },
    errors: [{ path: ['rang', 'mayTell'] }],
  });
});

/** Reads an event stream like a browser. Events that a browser would not dispatch still update the last position. */
async function openStream(url: string, headers: Readonly<Record<string, string>> = {}) {
  const leaving = new AbortController();
  const response = await fetch(`${url}/graphql?query=${encodeURIComponent(RANG)}`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leaving.signal,
  });
  const seen = { text: '', leave: () => leaving.abort() };
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) seen.text += decoder.decode(chunk);
  })().catch(() => undefined);
  return Object.assign(seen, {
    times: () => [...seen.text.matchAll(/"times":(\d+)/g)].map(([, times]) => Number(times)),
    lastEventId: () => [...seen.text.matchAll(/^id:? ?(.*)$/gm)].at(-1)?.[1],
  });
}

test("an event stream has ids from its beginning, and continues after the browser's `Last-Event-ID`", async () => {
  const { url } = await world.open();
  const first = await openStream(url);
  await until(() => first.lastEventId() !== undefined);
  const beginning = first.lastEventId() ?? '';
  await world.ring(1);
  await until(() => first.times().length === 1);
  expect(first.text).toMatch(/\nid: [\w-]+\n\nevent: next\ndata: {.*}\nid: [\w-]+\n\n$/);
  first.leave();
  await world.ring(2);
  const resumed = await openStream(url, { 'last-event-id': first.lastEventId() ?? '' });
  const fromBeginning = await openStream(url, { 'last-event-id': beginning });
  await world.ring(3);
  await until(() => resumed.times().includes(3) && fromBeginning.times().includes(3));
  expect([resumed.times(), fromBeginning.times()]).toEqual([
    [2, 3],
    [1, 2, 3],
  ]);
  resumed.leave();
  fromBeginning.leave();
});

test('an event stream that cannot be resumed ends with RESUME_POSITION_LOST, and makes the browser forget the id', async () => {
  const { url } = await world.open();
  const lost = await openStream(url, { 'last-event-id': 'made-up' });
  await until(() => lost.text.includes('event: complete'));
  expect(lost.text).toContain('RESUME_POSITION_LOST');
  expect(lost.lastEventId()).toBe('');
});
