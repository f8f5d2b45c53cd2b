import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createClient } from 'graphql-ws';
import { pino } from 'pino';
import { WebSocket, WebSocketServer } from 'ws';
import { composeSupergraph } from '@souk/engine/composition';
import { createGateway } from '../gateway.ts';
import { fixtureIdentity } from '../testing/fixture-identity.ts';
import { FIXTURE_TENANTS } from '../testing/fixture-gateway.ts';
import { startRemoteServer, type RemoteServer } from '../testing/remote-server.ts';
import { httpTransport, type RemoteTransport } from './http-transport.ts';

const LONG = '9007199254740993';
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const LEFT = `${LINK}
  scalar Long
  scalar Json
  type Query { big: Long many: [Long!] float: Float id: ID wrong: Int row: Row rows: [Row!]
    echo(l: Long, many: [Long!], in: In, json: Json, f: Float, id: ID): Int }
  type Mutation { put(l: Long): Int }
  type Subscription { ticks(l: Long): Long }
  input In { l: Long! inner: In }
  type Row @key(fields: "id") { id: Long! json: Json }`;
const RIGHT = `${LINK} scalar Long type Row @key(fields: "id") { id: Long! name: String }`;
const ROW = (id: string) => `{"__typename":"Row","id":${id},"json":{"a":[${LONG},1]}}`;

let [left, right]: RemoteServer[] = [];
let app: FastifyInstance;
let url: string;
const asked: string[] = [];
const ticks = new WebSocketServer({ noServer: true, handleProtocols: () => 'graphql-transport-ws' });
const transports: RemoteTransport[] = [];

beforeAll(async () => {
  left = await startRemoteServer((response, { body }) => {
    asked.push(body);
    const data = `{"big":9223372036854775807,"many":[${LONG},1,-9007199254740995],"float":0.12345678901234567890,
      "id":${LONG},"wrong":1.2345678901234567890,"row":${ROW(LONG)},"rows":[${ROW(LONG)},${ROW('9007199254740992')},${ROW(LONG)}],
      "echo":1,"put":1}`;
    response.writeHead(200, { 'content-type': 'application/json' }).end(`{"data":${data}}`);
  });
  right = await startRemoteServer((response, { body }) => {
    asked.push(body);
    const count = JSON.parse(body).variables.representations.length;
    const entities = Array.from({ length: count }, (_, index) => `{"name":"n${index}"}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end(`{"data":{"_entities":[${entities.join()}]}}`);
  });
  left.server.on('upgrade', (request, socket, head) => {
    ticks.handleUpgrade(request, socket, head, (client) => {
      client.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.includes('connection_init')) return client.send('{"type":"connection_ack"}');
        const { id, type } = JSON.parse(text);
        if (type !== 'subscribe') return undefined;
        asked.push(text);
        client.send(`{"type":"next","id":"${id}","payload":{"data":{"ticks":-9223372036854775808}}}`);
        return client.send(`{"type":"complete","id":"${id}"}`);
      });
    });
  });
  const logger = pino({ level: 'silent' });
  const subgraphs = new Map(
    [['left', left] as const, ['right', right] as const].map(([name, server]) => {
      const transport = httpTransport({ name, url: server.url, logger });
      transports.push(transport);
      return [name, transport] as const;
    }),
  );
  const supergraph = composeSupergraph([
    { name: 'left', url: left.url, sdl: LEFT },
    { name: 'right', url: right.url, sdl: RIGHT },
  ]);
  const identity = await fixtureIdentity();
  ({ app } = await createGateway({ supergraph, subgraphs, identity, tenants: FIXTURE_TENANTS, logger }));
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await Promise.all([...transports.map((each) => each.close()), left?.close(), right?.close()]);
});
beforeEach(() => void asked.splice(0));

/** Posts the body and returns the text of the answer, because `JSON.parse` would round the numbers. */
async function post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const all = { 'content-type': 'application/json', ...headers };
  return (await fetch(`${url}/graphql`, { method: 'POST', headers: all, body })).text();
}
const ask = (query: string, variables = '{}') => post(`{"query":${JSON.stringify(query)},"variables":${variables}}`);

describe('the client receives the digits that a subgraph wrote', () => {
  test.each([
    ['{ big }', '{"big":9223372036854775807}'],
    ['{ many }', `{"many":[${LONG},1,-9007199254740995]}`],
    ['{ float }', '{"float":0.12345678901234567890}'],
    ['{ id }', `{"id":${LONG}}`],
    ['{ row { id json } }', `{"row":{"id":${LONG},"json":{"a":[${LONG},1]}}}`],
  ])('%s', async (query, data) => {
    expect(await ask(query)).toBe(`{"data":${data}}`);
  });

  test('a number with a fraction is not a valid Int', async () => {
    expect(await ask('{ wrong }')).toContain('"data":{"wrong":null}');
  });

  test('entity keys keep their digits, and equal keys are sent once', async () => {
    expect(await ask('{ rows { id name } }')).toBe(
      `{"data":{"rows":[{"id":${LONG},"name":"n0"},{"id":9007199254740992,"name":"n1"},{"id":${LONG},"name":"n0"}]}}`,
    );
    expect(asked[1]).toContain(
      `"representations":[{"__typename":"Row","id":${LONG}},{"__typename":"Row","id":9007199254740992}]`,
    );
  });
});

describe('the subgraph receives the digits that a client wrote', () => {
  test.each([
    ['{ echo(l: 9007199254740993) }', 'echo(l:9007199254740993)'],
    ['{ echo(l: -9223372036854775808) }', 'echo(l:-9223372036854775808)'],
    ['{ echo(l: 0.1234567890123456789) }', 'echo(l:0.1234567890123456789)'],
    ['{ echo(l: 12345678901234567890e-3) }', 'echo(l:12345678901234567890e-3)'],
    ['{ echo(many: [9007199254740993, 9007199254740995, 2]) }', 'many:[9007199254740993 9007199254740995 2]'],
    ['{ echo(in: {l: 1, inner: {l: 9007199254740993}}) }', 'inner:{l:9007199254740993}'],
    ['{ echo(json: {a: [9007199254740993, "9007199254740993"]}) }', 'a:[9007199254740993 \\"9007199254740993\\"]'],
    ['{ echo(id: 9007199254740993) }', '9007199254740993'],
    [
      '{ echo(l: 9007199254740993, json: "_souk_number_9007199254740993") }',
      'json:\\"_souk_number_9007199254740993\\"',
    ],
    ['query ($l: Long = 9007199254740993) { echo(l: $l) }', '$l:Long=9007199254740993'],
    ['query ($in: In = {l: 9007199254740993}) { echo(in: $in) }', '={l:9007199254740993}'],
    ['{ ...F } fragment F on Query { echo(l: 9007199254740993) }', 'echo(l:9007199254740993)'],
    ['mutation { put(l: 9007199254740993) }', 'put(l:9007199254740993)'],
  ])('in a literal: %s', async (query, sent) => {
    expect(await ask(query)).toContain('"data":{');
    expect(asked[0]).toContain(sent);
  });

  const query =
    'query ($l: Long, $many: [Long!], $in: In, $json: Json, $f: Float) { echo(l: $l, many: $many, in: $in, json: $json, f: $f) }';
  const variables = `{"l":${LONG},"many":[-${LONG}],"in":{"l":${LONG}},"json":{"a":[${LONG}]},"f":0.12345678901234567890}`;

  test('in variables of a body', async () => {
    expect(await ask(query, variables)).toBe('{"data":{"echo":1}}');
    for (const each of variables.slice(1, -1).split(/,(?=")/)) expect(asked[0]).toContain(each);
  });

  test('in variables of a URL', async () => {
    const search = new URLSearchParams({ query, variables });
    const headers = { 'content-type': 'application/json' };
    expect(await (await fetch(`${url}/graphql?${search.toString()}`, { headers })).text()).toBe('{"data":{"echo":1}}');
    expect(asked[0]).toContain(`"json":{"a":[${LONG}]}`);
  });

  test('in variables of an event stream', async () => {
    const body = `{"query":"subscription ($l: Long) { ticks(l: $l) }","variables":{"l":${LONG}}}`;
    expect(await post(body, { accept: 'text/event-stream' })).toContain('"ticks":-9223372036854775808');
    expect(asked[0]).toContain(`"variables":{"l":${LONG}}`);
  });

  test('over a socket', async () => {
    const received: string[] = [];
    class Recorded extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        this.on('message', (data: Buffer) => received.push(data.toString()));
      }
    }
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: Recorded,
      jsonMessageReplacer: (_name, value: unknown) => (value === 'LONG' ? JSON.rawJSON(LONG) : value),
    });
    for (const operation of ['subscription ($l: Long) { ticks(l: $l) }', 'query ($l: Long) { echo(l: $l) big }']) {
      const events = client.iterate({ query: operation, variables: { l: 'LONG' } });
      for await (const event of events) expect(event.errors).toBeUndefined();
    }
    await client.dispose();
    expect(asked.filter((each) => each.includes(`"variables":{"l":${LONG}}`))).toHaveLength(2);
    expect(received.join()).toMatch(/-9223372036854775808.*9223372036854775807/);
  });
});

test('a long number of the wrong type is refused like any other wrong value', async () => {
  expect(await post(`{"query":"query ($l: Long) { big }","variables":${LONG}}`)).toContain(
    '`variables` must be an object',
  );
  expect(await post(LONG)).toContain('The body must be a JSON object');
  expect(await ask('query ($in: In) { echo(in: $in) }', `{"in":${LONG}}`)).toContain('BAD_USER_INPUT');
  expect(await ask('{ echo(f: 1.10) }')).toBe('{"data":{"echo":1}}');
  expect(await post(`{"__proto__":1,"query":"{ big }","variables":{"l":${LONG}}}`)).toContain('BAD_REQUEST');
});
