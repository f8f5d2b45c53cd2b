import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { startRemoteWorld, type RemoteWorld } from '../testing/remote-world.ts';
import { readArguments } from './arguments.ts';
import { serve, type RunningGateway } from './serve.ts';

let remote: RemoteWorld;
let running: RunningGateway[];
let said: string[];
let warned: string[];
let logs: string[];
beforeEach(async () => {
  remote = await startRemoteWorld();
  [running, said, warned, logs] = [[], [], [], []];
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.close()));
  await remote.close();
});

async function start(args: readonly string[] = [], file = remote.file): Promise<RunningGateway> {
  const options = readArguments(['--supergraph', file, '--port', '0', ...args]);
  if (!options.ok || options.value === 'help') throw new Error('the arguments are wrong');
  const logger = pino({ level: 'warn' }, { write: (line: string) => logs.push(line) });
  const gateway = await serve(options.value, {
    say: (line) => said.push(line),
    warn: (line) => warned.push(line),
    logger,
  });
  running.push(gateway);
  return gateway;
}

async function ask(
  url: string,
  query: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ExecutionResult> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  // The cast is safe, because `/graphql` always answers with a GraphQL result.
  return (await response.json()) as ExecutionResult;
}

const PRODUCTS = '{ products { name available } }';
const LAMPS = { data: { products: [1, 2].map((n) => ({ name: `Lamp ${n}`, available: 3 })) } };
const ADDED = 'extend type Query { added: String }';

test('a supergraph is served with the addresses in it, and the printed line has the URL', async () => {
  const { url } = await start();
  expect(said).toEqual([`Serves ${remote.file} at ${url}/graphql, playground at ${url}/playground`]);
  expect(await ask(url, PRODUCTS)).toEqual(LAMPS);
  expect(await (await fetch(url)).text()).toContain('<h1>GraphQL gateway</h1>');
  for (const path of ['/playground', '/health/live', '/health/ready']) {
    expect((await fetch(`${url}${path}`)).status).toBe(200);
  }
});

test('a supergraph.yaml is composed', async () => {
  const { catalogFixture, fixtureWorld, stockFixture } = await import('@souk/engine/testing');
  const file = join(remote.folder, 'supergraph.yaml');
  const subgraphs = [
    { ...catalogFixture(fixtureWorld()), url: remote.catalog.url },
    { ...stockFixture(fixtureWorld()), url: remote.stock.url },
  ];
  for (const { name, sdl } of subgraphs) await writeFile(join(remote.folder, `${name}.graphql`), sdl);
  const lines = subgraphs.map(
    ({ name, url }) => `  ${name}: { routing_url: "${url}", schema: { file: ${name}.graphql } }`,
  );
  await writeFile(file, ['subgraphs:', ...lines].join('\n'));
  const { url } = await start([], file);
  expect(await ask(url, PRODUCTS)).toEqual(LAMPS);
});

test('subscriptions reach the subgraphs', async () => {
  const { url } = await start();
  const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  const events = client.iterate({ query: 'subscription { productChanged { name available } }' });
  const first = events.next();
  await until(() => remote.world.events.listenerCount('productChanged') === 1);
  remote.world.events.emit('productChanged', '1');
  expect(await first).toEqual({ done: false, value: { data: { productChanged: { name: 'Lamp 1', available: 3 } } } });
  await client.dispose();
});

test('a subgraph may be called at another address', async () => {
  const gone = remote.sdl().replaceAll(remote.stock.url, 'http://127.0.0.1:9/graphql');
  await writeFile(remote.file, gone);
  const { url } = await start(['--subgraph-url', `stock=${remote.stock.url}`]);
  expect(await ask(url, PRODUCTS)).toEqual(LAMPS);
});

test('an absent subgraph is reported at the start, makes its own fields null, and is logged once', async () => {
  await remote.stock.close();
  const { url } = await start();
  await until(() => warned.length > 0);
  expect(warned).toEqual([
    `The subgraph "stock" cannot be reached at ${remote.stock.url} (ECONNREFUSED): its fields are null until it can`,
  ]);
  for (const _ of [1, 2]) {
    expect(await ask(url, PRODUCTS)).toMatchObject({
      data: { products: [{ name: 'Lamp 1', available: null }, { available: null }] },
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'stock' } }],
    });
  }
  expect(logs.filter((line) => line.includes(remote.stock.url))).toHaveLength(1);
});

describe('headers of clients', () => {
  const sent = {
    authorization: 'Bearer a',
    'x-shop': 'b',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  };

  test('are not forwarded by default, except the trace and the ids', async () => {
    const { url } = await start();
    await ask(url, '{ products { name } }', sent);
    const [{ headers } = { headers: {} }] = remote.catalog.questions;
    expect(headers).toMatchObject({ traceparent: sent.traceparent, 'x-request-id': expect.any(String) });
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('x-shop');
  });

  test('are forwarded to every subgraph when they are named', async () => {
    const { url } = await start(['--forward-header', 'Authorization', '--forward-header', 'X-Shop']);
    await ask(url, PRODUCTS, sent);
    for (const { headers } of [...remote.catalog.questions, ...remote.stock.questions]) {
      expect(headers).toMatchObject({ authorization: 'Bearer a', 'x-shop': 'b' });
    }
  });

  test('separate subscribers', async () => {
    const { url } = await start(['--forward-header', 'authorization']);
    const clients = ['Bearer a', 'Bearer b', 'Bearer b'].map((authorization) =>
      createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization },
      }),
    );
    for (const client of clients) {
      void client.iterate({ query: 'subscription { productChanged { name } }' }).next();
    }
    await until(() => remote.world.events.listenerCount('productChanged') === 2);
    expect(remote.catalog.inits).toHaveLength(2);
    for (const client of clients) await client.dispose();
  });
});

describe('a failed start reports the reason', () => {
  test.each([
    ['a file that is missing', null, 'There is no file'],
    ['an empty file', '', 'is empty'],
    ['a file that is not GraphQL', 'type Query {', 'cannot be served: Syntax Error'],
    ['a schema that is not a supergraph', 'type Query { a: String }', 'Compose it first'],
  ])('%s', async (_, text, message) => {
    const file = join(remote.folder, 'other.graphql');
    if (text !== null) await writeFile(file, text);
    await expect(start([], file)).rejects.toMatchObject({
      name: 'StartProblem',
      message: expect.stringContaining(message),
    });
  });

  test('subgraphs that do not compose', async () => {
    const file = join(remote.folder, 'supergraph.yaml');
    await writeFile(join(remote.folder, 'a.graphql'), 'type Query { a: Missing }');
    await writeFile(file, 'subgraphs: { a: { routing_url: "http://127.0.0.1:1", schema: { file: a.graphql } } }');
    await expect(start([], file)).rejects.toMatchObject({
      name: 'StartProblem',
      message: expect.stringContaining('Missing'),
    });
  });

  test('a subgraph without an address', async () => {
    await writeFile(remote.file, remote.sdl().replaceAll(remote.stock.url, ''));
    await expect(start()).rejects.toMatchObject({ message: expect.stringContaining('--subgraph-url stock=') });
  });

  test.each([
    ['invalid YAML', 'subgraphs: [', /other\.yaml is not YAML/],
    [
      'a schema that is missing',
      'subgraphs: { a: { routing_url: "http://127.0.0.1:1", schema: { file: a.graphql } } }',
      /other\.yaml names schemas[^]*subgraphs\.a\.schema\.file: there is no file \S+\/a\.graphql$/,
    ],
  ])('%s', async (_, text, message) => {
    const file = join(remote.folder, 'other.yaml');
    await writeFile(file, text);
    await expect(start([], file)).rejects.toMatchObject({
      name: 'StartProblem',
      message: expect.stringMatching(message),
    });
  });

  test('an address for an unknown subgraph', async () => {
    await expect(start(['--subgraph-url', 'nope=http://127.0.0.1:1'])).rejects.toMatchObject({
      name: 'StartProblem',
      message: '--subgraph-url names "nope", which is no subgraph: there are catalog, stock',
    });
  });

  test('a port in use', async () => {
    const { port } = new URL((await start()).url);
    await expect(start(['--port', port])).rejects.toMatchObject({
      name: 'StartProblem',
      message: `Port ${port} is in use: stop the other program, or name another with --port`,
    });
  });
});

describe('a changed file', () => {
  const knowsAdded = async (url: string) => (await ask(url, '{ added }')).errors === undefined;

  test('is reloaded at once', async () => {
    const { url } = await start();
    await writeFile(remote.file, remote.sdl(ADDED));
    await until(() => knowsAdded(url));
    expect(said.at(-1)).toBe(`Serves the new ${remote.file}`);
  });

  test('may be replaced, as editors do, more than once', async () => {
    const { url } = await start();
    for (const [extra, known] of [
      [ADDED, true],
      ['', false],
      [ADDED, true],
    ] as const) {
      await writeFile(`${remote.file}.new`, remote.sdl(extra));
      await rename(`${remote.file}.new`, remote.file);
      await until(async () => (await knowsAdded(url)) === known);
    }
  });

  test('may be missing for a while', async () => {
    const { url } = await start();
    await rm(remote.file);
    await until(() => logs.length === 0 || logs.join().includes('There is no file'));
    await writeFile(remote.file, remote.sdl(ADDED));
    await until(() => knowsAdded(url));
  });

  test('may be behind a symbolic link that changes, as in Kubernetes', async () => {
    const at = async (name: string, extra: string) => {
      await mkdir(join(remote.folder, name));
      await writeFile(join(remote.folder, name, 's.graphql'), remote.sdl(extra));
    };
    await at('one', '');
    await at('two', ADDED);
    const [data, file] = [join(remote.folder, '..data'), join(remote.folder, 's.graphql')];
    await symlink('one', data);
    await symlink('..data/s.graphql', file);
    const { url } = await start([], file);
    await symlink('two', `${data}.new`);
    await rename(`${data}.new`, data);
    await until(() => knowsAdded(url));
  });

  test('that cannot be served is logged, and the present supergraph stays', async () => {
    const { url } = await start();
    await writeFile(remote.file, 'type Query {');
    await until(() => logs.join().includes('the present one stays'));
    expect(await ask(url, PRODUCTS)).toEqual(LAMPS);
    await writeFile(remote.file, remote.sdl(ADDED));
    await until(() => knowsAdded(url));
  });

  test('is reloaded on request in a gateway without watch mode', async () => {
    const { url, reload } = await start(['--no-watch']);
    await writeFile(remote.file, remote.sdl(ADDED));
    expect(await knowsAdded(url)).toBe(false);
    await reload();
    expect(await knowsAdded(url)).toBe(true);
  });
});
