import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Repeater } from '@repeaterjs/repeater';
import { GraphQLError, GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { RequestContext } from '@souk/kit/context';
import { systemClock } from '@souk/kit/domain';
import { PositionLostError } from '@souk/kit/messaging';
import { createProcessMetrics } from '../metrics/index.ts';
import { createLogger } from '@souk/kit/runtime';
import { testContext, until } from '@souk/kit/testing';
import { addHealth, addMetrics, ContextSigner, ContextVerifier, createSubgraphServer } from './index.ts';

const schema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, RequestContext>({
    name: 'Query',
    fields: {
      tenant: { type: GraphQLString, resolve: (_root, _args, { tenantId }) => tenantId },
      refused: {
        type: GraphQLString,
        resolve: () => {
          throw new GraphQLError('Not today', { extensions: { code: 'CLOSED' } });
        },
      },
      broken: {
        type: GraphQLString,
        resolve: () => {
          throw new Error('password of the database');
        },
      },
    },
  }),
  subscription: new GraphQLObjectType<unknown, RequestContext>({
    name: 'Subscription',
    fields: {
      numbers: {
        type: GraphQLInt,
        subscribe: () =>
          new Repeater((push, stop) =>
            push(1)
              .then(() => push(2))
              .then(() => stop()),
          ),
        resolve: (number) => number,
      },
      positioned: {
        type: GraphQLInt,
        subscribe: (_root, _args, { resumeAfter = '10' }) =>
          Object.assign(
            new Repeater((push, stop) => {
              const position = Number(resumeAfter) + 1;
              return push({ number: position, position: String(position) }).then(() => stop());
            }),
            { position: resumeAfter },
          ),
        resolve: (event) => Number(Object(event).number),
      },
      forgotten: {
        type: GraphQLInt,
        subscribe: () =>
          new Repeater(async (push) => {
            await push({ isCheckpoint: true, position: '7' });
            throw new PositionLostError();
          }),
      },
    },
  }),
});

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const clock = systemClock;
const signer = new ContextSigner({
  privateKeyPem: String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
  clock,
});
const clerk = testContext({ scopes: [] });
const logged: string[] = [];
let database = true;

function startServer(more: { readonly maxSockets?: number } = {}) {
  const publicKeysPem = String(publicKey.export({ format: 'pem', type: 'spki' }));
  const metrics = createProcessMetrics('sample');
  const app = createSubgraphServer({
    schema,
    verifier: new ContextVerifier({ publicKeysPem, audience: 'sample', clock }),
    logger: createLogger({ level: 'info', destination: { write: (line) => void logged.push(line) } }),
    times: metrics.operations,
    ...more,
  });
  addHealth(app, [{ name: 'database', ready: async () => database }]);
  addMetrics(app, metrics, 'MAIN_PORT');
  return app;
}

const app = startServer();
let url: string;
beforeAll(async () => {
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

async function ask(query: string, headers = signer.headers('sample', clerk)) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('over HTTP', () => {
  test('resolvers receive the signed context', async () => {
    expect(await ask('{ tenant }')).toEqual({ status: 200, body: { data: { tenant: clerk.tenantId } } });
  });

  test.each([
    ['without a context', {}],
    ['with a context for another subgraph', signer.headers('catalog', clerk)],
  ])('%s nothing runs, and the answer is no GraphQL', async (_how, headers) => {
    const { status, body } = await ask('{ tenant }', headers);
    expect({ status, body }).toEqual({ status: 401, body: expect.objectContaining({ title: 'Refused' }) });
  });

  test('an error for the caller arrives, an unexpected error is only logged', async () => {
    const { body } = await ask('{ refused broken }');
    expect(body['errors']).toEqual([
      { message: 'Not today', path: ['refused'], extensions: { code: 'CLOSED' } },
      {
        message: 'Something went wrong',
        path: ['broken'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: clerk.requestId },
      },
    ]);
    const line = logged.map((each) => JSON.parse(each)).find(({ error }) => error?.message.includes('password'));
    expect(line).toMatchObject({ requestId: clerk.requestId, tenantId: clerk.tenantId });
  });

  test('a document that does not match the schema is refused with 400 and the reason', async () => {
    expect(await ask('{ nothing }')).toMatchObject({
      status: 400,
      body: { errors: [{ message: expect.stringContaining('nothing') }] },
    });
  });
});

describe('over WebSockets', () => {
  function subscribe(query: string, headers: Readonly<Record<string, string>>, more: object = {}) {
    const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const seen = { results: [] as unknown[], errors: [] as unknown[], ended: false };
    client.subscribe(
      { query, extensions: { headers, ...more } },
      {
        next: (result) => void seen.results.push(result),
        error: (error) => {
          seen.errors.push(error);
          seen.ended = true;
        },
        complete: () => {
          seen.ended = true;
        },
      },
    );
    return { client, seen };
  }

  test('a subscription with a signed context receives its events', async () => {
    const { client, seen } = subscribe('subscription { numbers }', signer.headers('sample', clerk));
    await until(() => seen.ended);
    expect(seen.results).toEqual([{ data: { numbers: 1 } }, { data: { numbers: 2 } }]);
    await client.dispose();
  });

  test('a resumable subscription receives its start position and the position of each event, and resumes after a given position', async () => {
    const { client, seen } = subscribe('subscription { positioned }', signer.headers('sample', clerk), {
      resumable: true,
      resumeAfter: '20',
    });
    await until(() => seen.ended);
    expect(seen.results).toEqual([
      { data: null, extensions: { position: '20' } },
      { data: { positioned: 21 }, extensions: { position: '21' } },
    ]);
    await client.dispose();
  });

  test('a subscription that is not resumable receives events without positions', async () => {
    const { client, seen } = subscribe('subscription { positioned }', signer.headers('sample', clerk));
    await until(() => seen.ended);
    expect(seen.results).toEqual([{ data: { positioned: 11 } }]);
    await client.dispose();
  });

  test('checkpoints carry no event, and a subscription that cannot resume reports this', async () => {
    const { client, seen } = subscribe('subscription { forgotten }', signer.headers('sample', clerk), {
      resumable: true,
    });
    await until(() => seen.ended);
    expect(seen.results).toMatchObject([
      { data: null, extensions: { position: '7' } },
      { errors: [{ extensions: { code: 'RESUME_POSITION_LOST' } }] },
    ]);
    expect(seen.errors).toEqual([]);
    await client.dispose();
  });

  test('a subscription without a signed context is refused', async () => {
    const { client, seen } = subscribe('subscription { numbers }', {});
    await until(() => seen.ended);
    expect(seen).toMatchObject({ results: [], errors: [[{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]] });
    await client.dispose();
  });
});

test('a subgraph is ready while its database is reachable, and live without it', async () => {
  const statusOf = async (path: string) => (await fetch(`${url}${path}`)).status;
  expect(await statusOf('/health/ready')).toBe(200);
  database = false;
  expect([await statusOf('/health/ready'), await statusOf('/health/live')]).toEqual([503, 200]);
  database = true;
});

test('metrics are labeled with root fields, not with operation names of callers', async () => {
  await ask('query InventedByACaller { tenant }');
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toMatch(/souk_operation_duration_seconds_count\{process="sample",operation="tenant",outcome="ok"\} \d/);
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).not.toContain('InventedByACaller');
});

test('a closing server closes its sockets with 1001, so gateways connect to another process', async () => {
  const other = startServer();
  const address = await other.listen({ host: '127.0.0.1', port: 0 });
  const socket = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await new Promise((resolve) => socket.once('open', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await other.close();
  expect(await closed).toBe(1001);
});

describe('the sockets of a subgraph', () => {
  const server = startServer({ maxSockets: 1 });
  let address: string;
  beforeAll(async () => {
    address = (await server.listen({ host: '127.0.0.1', port: 0 })).replace('http', 'ws');
  });
  afterAll(() => server.close());
  const open = () => new WebSocket(`${address}/graphql`, 'graphql-transport-ws');
  /** Opens sockets one after the other until the server accepts one. */
  const admitted = () =>
    until(async () => {
      const socket = open();
      return Promise.race([once(socket, 'open').then(() => socket), once(socket, 'error').then(() => null)]);
    });

  test('make room for the next one while no signed context came over them', async () => {
    const stranger = open();
    await once(stranger, 'open');
    const closed = once(stranger, 'close');
    const next = open();
    await Promise.all([once(next, 'open'), closed]);
    next.terminate();
  });

  test('are limited in number: another one is refused until one is closed', async () => {
    const first = await admitted();
    first.send(JSON.stringify({ type: 'connection_init' }));
    await once(first, 'message');
    const extensions = { headers: signer.headers('sample', clerk), resumable: true };
    const payload = { query: 'subscription { positioned }', extensions };
    first.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
    await once(first, 'message');
    const [refusal] = await once(open(), 'error');
    expect(String(refusal)).toContain('503');
    first.terminate();
    const reopened = await admitted();
    reopened.terminate();
  });

  test('accept messages of at most 1 MiB', async () => {
    const socket = await admitted();
    const closed = once(socket, 'close');
    socket.send('x'.repeat(1024 * 1024 + 1));
    expect((await closed)[0]).toBe(1009);
  });
});
