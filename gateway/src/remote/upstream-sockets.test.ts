import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { testContext, until } from '@souk/kit/testing';
import type { RequestContext } from '@souk/kit/context';
import type { ExecutionResult } from 'graphql';
import { pino } from 'pino';
import type { ForwardingContext } from '../identity/caller-key.ts';
import { catalogFixture, fixtureWorld, type FixtureWorld } from '@souk/engine/testing';
import { startRemoteServer } from '../testing/remote-server.ts';
import { startRemoteSubgraph, type RemoteSubgraph } from '../testing/remote-subgraph.ts';
import { httpTransport, type RemoteTransport } from './http-transport.ts';
import type { RemoteSocketOptions } from './remote-options.ts';

let world: FixtureWorld;
let remote: RemoteSubgraph;
let transport: RemoteTransport;
let logs: string[];
beforeEach(async () => {
  world = fixtureWorld();
  remote = await startRemoteSubgraph(catalogFixture(world));
  logs = [];
  transport = connect();
});
afterEach(async () => {
  await transport.close();
  await remote.close();
});

const QUICK = { initialDelayMs: 1, maxDelayMs: 5 };
const CALLER = testContext();

function connect(sockets: RemoteSocketOptions = {}, url = remote.url): RemoteTransport {
  const logger = pino({ level: 'warn' }, { write: (line: string) => logs.push(line) });
  return httpTransport({ name: 'catalog', url, logger, sockets: { ...QUICK, ...sockets } });
}

async function reconnect(sockets: RemoteSocketOptions): Promise<void> {
  await transport.close();
  transport = connect(sockets);
}

async function subscribe(
  query = 'subscription { productChanged { name } }',
  context: RequestContext = CALLER,
): Promise<AsyncIterator<ExecutionResult>> {
  const opened = await transport.subscribe({ query, operationName: undefined, variables: {}, context });
  if (!(Symbol.asyncIterator in opened)) throw new Error('it was refused at once');
  return opened[Symbol.asyncIterator]();
}

const listening = (count: number) => until(() => world.events.listenerCount('productChanged') === count);
const change = (id: string) => world.events.emit('productChanged', id);
const LAMP = (id: string) => ({ done: false, value: { data: { productChanged: { name: `Lamp ${id}` } } } });

test('events come over one socket, however many are subscribed', async () => {
  const both = [await subscribe(), await subscribe('subscription { productChanged { name id } }')];
  const next = both.map((each) => each.next());
  await listening(2);
  change('1');
  expect(await next[0]).toEqual(LAMP('1'));
  expect(await next[1]).toMatchObject({ value: { data: { productChanged: { id: '1' } } } });
  expect(remote.openSockets).toBe(1);
});

test('nothing is opened before it is needed', async () => {
  await subscribe();
  expect(remote.openSockets).toBe(0);
});

test('leaving ends the subscription at once, also while the subscriber waits for an event', async () => {
  const events = await subscribe();
  const waiting = events.next();
  await listening(1);
  await events.return?.();
  expect(await waiting).toMatchObject({ done: true });
  await listening(0);
});

test('after a break events come again, and the break is logged', async () => {
  const events = await subscribe();
  const first = events.next();
  await listening(1);
  remote.cutSockets();
  await until(() => remote.upgrades.length === 2);
  await listening(1);
  change('2');
  expect(await first).toEqual(LAMP('2'));
  expect(logs.map((line) => JSON.parse(line).msg)).toEqual([
    'the socket to a subgraph broke, reconnecting',
    'the socket to a subgraph is back, its subscriptions continue',
  ]);
});

test('a subgraph that is restarted is reconnected', async () => {
  const events = await subscribe();
  const first = events.next();
  await listening(1);
  const port = Number(new URL(remote.url).port);
  await remote.close();
  await until(() => world.events.listenerCount('productChanged') === 0);
  remote = await startRemoteSubgraph(catalogFixture(world), port);
  await listening(1);
  change('1');
  expect(await first).toEqual(LAMP('1'));
});

test('a subscription that cannot be resumed ends with STREAM_LOST', async () => {
  await reconnect({ attempts: 2 });
  const events = await subscribe();
  const first = events.next();
  await listening(1);
  await remote.close();
  await expect(first).rejects.toMatchObject({ name: 'SubgraphUnavailableError', reason: 'STREAM_LOST' });
  expect(await events.next()).toMatchObject({ done: true });
});

test('a subgraph that was never there gets few attempts', async () => {
  await remote.close();
  await expect((await subscribe()).next()).rejects.toMatchObject({ reason: 'STREAM_LOST' });
});

test('an address that serves no sockets ends the subscription', async () => {
  const plain = await startRemoteServer((response) => response.writeHead(404).end());
  await transport.close();
  transport = connect({}, `${plain.url}?key=hunter2`);
  await expect((await subscribe()).next()).rejects.toMatchObject({ reason: 'STREAM_LOST' });
  await plain.close();
  expect(logs.join()).not.toContain('hunter2'); // an address may have a key in its query
  expect(logs.join()).toContain(new URL(plain.url).host);
});

test('a refusal is the only answer', async () => {
  const events = await subscribe('subscription { nothing }');
  expect(await events.next()).toMatchObject({ value: { errors: [{ message: expect.stringContaining('nothing') }] } });
  expect(await events.next()).toMatchObject({ done: true });
});

test('a silent subgraph loses its socket, and the subscription continues over a new one', async () => {
  await reconnect({ pingMs: 20 });
  const events = await subscribe();
  const first = events.next();
  await listening(1);
  // The subgraph stops reading, so it answers neither pings nor close frames.
  for (const each of remote.sockets()) each.pause();
  await until(() => remote.upgrades.length === 2);
  await listening(2);
  change('1');
  expect(await first).toEqual(LAMP('1'));
});

test('callers with other headers have their own sockets, which carry their headers', async () => {
  const callers: ForwardingContext[] = ['Bearer a', 'Bearer b'].map((authorization) => ({
    ...CALLER,
    forwarded: { authorization },
  }));
  for (const caller of [...callers, ...callers]) void (await subscribe(undefined, caller)).next();
  await listening(4);
  expect(remote.openSockets).toBe(2);
  expect(remote.inits).toMatchObject([{ authorization: 'Bearer a' }, { authorization: 'Bearer b' }]);
  expect(remote.upgrades.map(({ authorization }) => authorization)).toEqual(['Bearer a', 'Bearer b']);
});

test("a subgraph that reads each operation's headers is served over one socket, with fresh headers after a break", async () => {
  let signature = 0;
  await transport.close();
  const logger = pino({ level: 'silent' });
  const headersOf = ({ tenantId }: RequestContext) => ({ 'x-signed': `${tenantId} ${(signature += 1)}` });
  transport = httpTransport({
    name: 'catalog',
    url: remote.url,
    logger,
    headersOf,
    sockets: { ...QUICK, authority: 'operation' },
  });
  const [one, other] = [testContext(), testContext()];
  for (const caller of [one, other]) void (await subscribe(undefined, caller)).next();
  await listening(2);
  expect(remote.openSockets).toBe(1);
  expect(remote.inits).toEqual([{}]);
  const sent = [`${one.tenantId} 1`, `${other.tenantId} 2`];
  expect(remote.extensions).toEqual(sent.map((each) => ({ headers: { 'x-signed': each }, resumable: true })));
  remote.cutSockets();
  await until(() => remote.extensions.length === 4);
  expect(JSON.stringify(remote.extensions[3])).toMatch(/ [34]"/);
});

test('unread events are kept up to a limit, and then the subscription ends', async () => {
  const events = await subscribe();
  const first = events.next();
  await listening(1);
  for (const _ of Array(2000)) change('1');
  await first;
  await listening(0);
  const read = async (): Promise<number> => ((await events.next()).done ? 0 : 1 + (await read()));
  await expect(read()).rejects.toMatchObject({ reason: 'STREAM_LOST' });
});

test('an operation that would break the socket of all callers is refused before it is sent', async () => {
  await reconnect({ authority: 'operation' });
  const other = await subscribe();
  const event = other.next();
  await listening(1);
  const query = `subscription { productChanged { name } } # ${'x'.repeat(1024 * 1024)}`;
  const opened = await transport.subscribe({ query, operationName: undefined, variables: {}, context: CALLER });
  if (!(Symbol.asyncIterator in opened)) throw new Error('it was refused at once');
  const refused = opened[Symbol.asyncIterator]();
  expect(await refused.next()).toMatchObject({ value: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] } });
  expect((await refused.next()).done).toBe(true);
  change('1');
  expect(await event).toEqual(LAMP('1'));
  await other.return?.();
});
