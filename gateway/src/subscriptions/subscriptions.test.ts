import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createClient, type Client } from 'graphql-ws';
import { on, once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';
import { OTHER_TENANT, TENANT } from '../testing/fixture-identity.ts';

type Answers = ReturnType<Client['iterate']>;
type Answer = Extract<Awaited<ReturnType<Answers['next']>>, { done?: false }>['value'];

let gateway: FixtureGateway;
let clients: Client[];
beforeEach(async () => {
  gateway = await startFixtureGateway();
  clients = [];
});
afterEach(async () => {
  for (const client of clients) await client.dispose();
  await gateway.app.close();
});

const PATIENCE_MS = 120_000;
const CHANGED = 'subscription { productChanged { name available warehouse } }';

function connect(connectionParams: Record<string, unknown> = {}): Client {
  const url = `${gateway.url.replace('http', 'ws')}/graphql`;
  const client = createClient({ url, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0, lazy: true });
  clients.push(client);
  return client;
}

function subscribe(client: Client, query = CHANGED): Answers {
  return client.iterate({ query });
}

/** Waits until the subgraph's emitter has `count` listeners for the event. */
async function listening(count: number, event = 'productChanged'): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  while (gateway.world.events.listenerCount(event) !== count) {
    patience.throwIfAborted();
    await turn();
  }
}

/** Waits until the gateway has processed all sent messages. The gateway answers the messages of a socket in order. */
async function settled(...sockets: readonly Client[]): Promise<void> {
  for (const client of sockets) await next(subscribe(client, '{ products { id } }'));
}

const change = (id: string) => gateway.world.events.emit('productChanged', id);
const next = async (answers: Answers) => (await answers.next()).value as Answer;
/** The text of the errors with which the gateway refuses an operation. */
const refusal = (answers: Answers) => answers.next().then(JSON.stringify, (errors: unknown) => errors);

test('an event is completed by the other subgraph', async () => {
  const answers = subscribe(connect());
  const first = next(answers);
  await listening(1);
  change('1');
  expect(await first).toEqual({
    data: { productChanged: { name: 'Lamp 1', available: 3, warehouse: `warehouse of ${TENANT}` } },
  });
});

test('every event has its own request context', async () => {
  const answers = subscribe(connect());
  const first = next(answers);
  await listening(1);
  change('1');
  await first;
  change('2');
  await next(answers);
  const [one, other] = gateway.world.stockContexts;
  expect(one?.requestId).not.toBe(other?.requestId);
});

test('equal subscribers share one upstream subscription and one execution for each event', async () => {
  const both = [connect(), connect()];
  const answers = both.map((client) => next(subscribe(client)));
  await settled(...both);
  expect(gateway.world.events.listenerCount('productChanged')).toBe(1);
  change('1');
  const [one, other] = await Promise.all(answers);
  expect(one).toEqual(other);
  expect(gateway.world.stockContexts).toHaveLength(1);
});

test('subscribers of other tenants, languages, sales channels or authority share nothing', async () => {
  const token = await gateway.identity.token();
  const params = [
    {},
    { 'x-tenant-id': OTHER_TENANT },
    { 'accept-language': 'fr' },
    { 'x-channel': 'wholesale' },
    { authorization: `Bearer ${token}` },
  ];
  const answers = params.map((each) => next(subscribe(connect(each))));
  await listening(params.length);
  change('1');
  const warehouses = (await Promise.all(answers)).map(({ data }) => JSON.stringify(data));
  expect(warehouses.filter((each) => each.includes(OTHER_TENANT))).toHaveLength(1);
});

test('the upstream subscription ends with its last subscriber', async () => {
  const [first, second] = [connect(), connect()];
  const answers = subscribe(first);
  const waiting = [next(answers), next(subscribe(second)).catch(() => null)];
  await settled(first, second);
  await answers.return?.();
  await settled(first);
  expect(gateway.world.events.listenerCount('productChanged')).toBe(1);
  await second.dispose();
  await Promise.all(waiting);
  await listening(0);
});

test('a subscriber that leaves at once leaves nothing behind', async () => {
  const { send, answered } = await rawSocket();
  send({ id: '1', type: 'subscribe', payload: { query: CHANGED } });
  send({ id: '1', type: 'complete' });
  send({ id: '2', type: 'subscribe', payload: { query: '{ products { id } }' } });
  await answered('2');
  await listening(0);
});

test('a protected subscription is refused, and open to callers with the scope', async () => {
  const refused = await refusal(subscribe(connect(), 'subscription { orderPlaced { id } }'));
  expect(refused).toMatchObject([{ path: ['orderPlaced'], extensions: { code: 'UNAUTHENTICATED' } }]);
  const authorization = `Bearer ${await gateway.identity.token()}`;
  const answer = next(subscribe(connect({ authorization }), 'subscription { orderPlaced { id } }'));
  await listening(1, 'orderPlaced');
  gateway.world.events.emit('orderPlaced', 'o1');
  expect(await answer).toEqual({ data: { orderPlaced: { id: 'o1' } } });
});

test('a protected field of an event is null, with an error each time', async () => {
  const answer = next(subscribe(connect(), 'subscription { productChanged { name code available } }'));
  await listening(1);
  change('1');
  expect(await answer).toMatchObject({
    data: { productChanged: { name: 'Lamp 1', code: null, available: 3 } },
    errors: [{ path: ['productChanged', 'code'], extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

test('an event that fails is masked, and the next one comes', async () => {
  const answers = subscribe(connect());
  const first = next(answers);
  await listening(1);
  change('bad');
  expect(await first).toMatchObject({
    data: { productChanged: null },
    errors: [{ message: 'Something went wrong', extensions: { service: 'catalog', requestId: expect.any(String) } }],
  });
  change('2');
  expect(await next(answers)).toMatchObject({ data: { productChanged: { name: 'Lamp 2' } } });
});

test('a subgraph that cannot subscribe is masked and named', async () => {
  const refused = await refusal(subscribe(connect(), 'subscription { broken }'));
  expect(refused).toMatchObject([{ message: 'Something went wrong', extensions: { service: 'catalog' } }]);
  expect(gateway.logs.join()).toContain('select secret from listeners');
});

test('limits hold over sockets', async () => {
  await gateway.app.close();
  gateway = await startFixtureGateway({ limits: { depth: 2 } });
  const tooDeep = subscribe(connect(), 'subscription { productChanged { supplier { name } } }');
  await expect(next(tooDeep)).rejects.toMatchObject([{ extensions: { code: 'OPERATION_TOO_LARGE' } }]);
});

test('a query may come over a socket too', async () => {
  expect(await next(subscribe(connect(), '{ products { name } orders { id } }'))).toMatchObject({
    data: { products: [{ name: 'Lamp 1' }, { name: 'Lamp 2' }], orders: null },
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

test('an unknown field is refused before a subscription opens', async () => {
  await expect(next(subscribe(connect(), 'subscription { nothing }'))).rejects.toMatchObject([
    { message: expect.stringContaining('nothing') },
  ]);
});

test.each([
  [{ authorization: 'Bearer nonsense' }, 4401, 'UNAUTHENTICATED'],
  [{ 'x-tenant-id': 'no shop' }, 4400, 'TENANT_INVALID'],
])('a socket with %p is closed with %p', async (params, code, reason) => {
  await expect(next(subscribe(connect(params)))).rejects.toMatchObject({
    code,
    reason: expect.stringContaining(reason),
  });
});

test('a socket ends with its token, and its subscription with it', async () => {
  const authorization = `Bearer ${await gateway.identity.token({ expiresInSeconds: 2 })}`;
  const ended = next(subscribe(connect({ authorization }))).catch((reason: unknown) => reason);
  await listening(1);
  expect(await ended).toMatchObject({ code: 4403 });
  await listening(0);
});

test('closing the gateway closes the sockets with 1001, and ends the upstream subscriptions', async () => {
  const { socket, send } = await rawSocket();
  send({ id: '1', type: 'subscribe', payload: { query: CHANGED } });
  await listening(1);
  const closed = once(socket, 'close');
  await gateway.app.close();
  expect((await closed)[0]).toBe(1001);
  await listening(0);
});

/** A socket that the gateway has accepted, for messages that a well-behaved client does not send. */
async function rawSocket() {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  await once(socket, 'open');
  send({ type: 'connection_init' });
  await once(socket, 'message');
  const answered = async (id: string) => {
    for await (const [data] of on(socket, 'message')) if (String(data).includes(`"id":"${id}"`)) return;
  };
  return { socket, send, answered };
}
