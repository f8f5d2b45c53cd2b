import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Repeater } from '@repeaterjs/repeater';
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { WebSocket } from 'ws';
import { createLogger } from '@souk/kit/runtime';
import { testContext, until } from '@souk/kit/testing';
import { createProcessMetrics } from '../metrics/index.ts';
import { ContextSigner, ContextVerifier, createSubgraphServer } from './index.ts';

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { name: { type: GraphQLString } } }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      endless: {
        type: GraphQLInt,
        subscribe: () => new Repeater((push, stop) => push(1).then(() => stop)),
        resolve: (number) => number,
      },
    },
  }),
});

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs) };
const signer = new ContextSigner({ privateKeyPem: String(privateKey.export({ format: 'pem', type: 'pkcs8' })), clock });
const shopper = testContext({ scopes: [] });
const app = createSubgraphServer({
  schema,
  verifier: new ContextVerifier({
    publicKeysPem: String(publicKey.export({ format: 'pem', type: 'spki' })),
    audience: 'sample',
    clock,
  }),
  logger: createLogger({ level: 'silent' }),
  times: createProcessMetrics('sample').operations,
});
let url: string;
const sockets: WebSocket[] = [];
beforeAll(async () => {
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});
afterAll(() => app.close());

/** A socket with one subscription, opened with a fresh context of the shopper. */
async function subscribed() {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  sockets.push(socket);
  const messages: { readonly type: string; readonly payload?: { readonly nonce?: string } }[] = [];
  const seen = { closeCode: null as number | null };
  socket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString())));
  socket.on('close', (code) => void (seen.closeCode = code));
  const send = (message: object) => socket.send(JSON.stringify(message));
  const received = (type: string) => until(() => messages.find((message) => message.type === type));
  socket.on('open', () => send({ type: 'connection_init' }));
  const { payload } = await received('connection_ack');
  const extensions = { headers: signer.headers('sample', shopper) };
  send({ id: '1', type: 'subscribe', payload: { query: 'subscription { endless }', extensions } });
  await received('next');
  const pongs = () => messages.filter(({ type }) => type === 'pong').length;
  return {
    nonce: payload?.nonce ?? '',
    seen,
    /** Resolves when the server has read the ping. */
    async ping(ping: object) {
      const before = pongs();
      send({ type: 'ping', payload: ping });
      await until(() => pongs() > before);
    },
  };
}

/** Waits until the server has checked every lease once more. By then the server has closed every socket with an expired context. */
async function swept(): Promise<void> {
  const { seen } = await subscribed();
  aheadMs += 61_000;
  await until(() => seen.closeCode === 4410);
}

test('a subscription ends with the context that opened it', async () => {
  const { seen } = await subscribed();
  aheadMs += 61_000;
  await until(() => seen.closeCode === 4410);
});

test('a gateway that renews its socket keeps its subscriptions', async () => {
  const { nonce, seen, ping } = await subscribed();
  for (let renewal = 0; renewal < 4; renewal += 1) {
    await ping(signer.renewal('sample', nonce));
    aheadMs += 20_000;
  }
  await ping({});
  expect(seen.closeCode).toBeNull();
});

test.each([
  ['a renewal of another socket', async () => signer.renewal('sample', (await subscribed()).nonce)],
  ['a context', async () => signer.headers('sample', shopper)],
  ['a question of the gateway', async () => signer.ownHeaders('sample')],
  ['a renewal for another subgraph', async (nonce: string) => signer.renewal('other', nonce)],
  ['no token', async () => ({ 'souk-context': 'x' })],
])('%s renews nothing', async (_what, payloadOf) => {
  const { nonce, seen, ping } = await subscribed();
  aheadMs += 40_000;
  await ping(await payloadOf(nonce));
  await swept();
  expect(seen.closeCode).toBe(4410);
});

test('a renewal does not count as a context', async () => {
  const headers = { 'content-type': 'application/json', ...signer.renewal('sample', 'nonce') };
  const { status } = await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{"query":"{ name }"}' });
  expect(status).toBe(401);
});
