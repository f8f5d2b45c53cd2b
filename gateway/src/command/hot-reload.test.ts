import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { createClient, type Client } from 'graphql-ws';
import { writeFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { startRemoteWorld, type RemoteWorld } from '../testing/remote-world.ts';
import { readArguments } from './arguments.ts';
import { serve, type RunningGateway } from './serve.ts';

let remote: RemoteWorld;
let gateway: RunningGateway;
let logs: string[];
beforeAll(async () => {
  remote = await startRemoteWorld();
  logs = [];
  const options = readArguments(['--supergraph', remote.file, '--port', '0', '--no-watch']);
  if (!options.ok || options.value === 'help') throw new Error('the arguments are wrong');
  const logger = pino({ level: 'warn' }, { write: (line: string) => logs.push(line) });
  gateway = await serve(options.value, { say: () => undefined, warn: (line) => logs.push(line), logger });
});
afterAll(async () => {
  await gateway.close();
  await remote.close();
});

const RELOADS = 100;
/** How long the test waits for all reloads, in milliseconds. Even a busy machine reloads five times per second. */
const PATIENCE_MS = 120_000;
/** The heap growth that counts as a leak. One leaked supergraph takes 600 kB. */
const LEAST_LEAK_BYTES = 200_000;
const QUERY = JSON.stringify({ query: '{ products { name available } }' });
const ANSWER = { data: { products: [1, 2].map((n) => ({ name: `Lamp ${n}`, available: 3 })) } };

async function ask(body = QUERY): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body })).json();
}

/** Sends requests from two clients until `stop`. `stop` returns the number of requests and every wrong answer. */
function load() {
  let [running, asked] = [true, 0];
  const wrong: unknown[] = [];
  const client = async () => {
    while (running) {
      const answer = await ask().catch((error: unknown) => error);
      asked += 1;
      if (JSON.stringify(answer) !== JSON.stringify(ANSWER)) wrong.push(answer);
    }
  };
  const clients = [client(), client()];
  return {
    asked: () => asked,
    stop: async () => {
      running = false;
      await Promise.all(clients);
      return wrong;
    },
  };
}

/** Opens sockets with a subscription each. Returns the number of events that each socket received, and the number of closed sockets. */
function subscribe(count: number) {
  const counts = Array<number>(count).fill(0);
  const closes: unknown[] = [];
  const clients = counts.map((_, index): Client => {
    const url = `${gateway.url.replace('http', 'ws')}/graphql`;
    const client = createClient({ url, webSocketImpl: WebSocket, on: { closed: (event) => closes.push(event) } });
    const query = 'subscription { productChanged { name available } }';
    const next = ({ errors }: { errors?: unknown }) =>
      void (errors === undefined && (counts[index] = (counts[index] ?? 0) + 1));
    client.subscribe({ query }, { next, error: (problem) => closes.push(problem), complete: () => undefined });
    return client;
  });
  return { clients, counts, closes };
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

test(
  'during a hundred reloads no request fails, sockets stay open and get every event, and no memory leaks',
  async () => {
    const template = remote.sdl('extend type Query { added: String }');
    const { clients, counts, closes } = subscribe(5);
    await until(() => remote.world.events.listenerCount('productChanged') === 1);
    const requests = load();
    let heapEarly = 0;
    for (let reload = 1; reload <= RELOADS; reload += 1) {
      await writeFile(remote.file, template.replaceAll('added', `added${reload}`));
      await gateway.reload();
      remote.world.events.emit('productChanged', '1');
      const before = requests.asked();
      await until(() => requests.asked() > before + 1);
      if (reload === 20) heapEarly = heapAfterCollection();
    }
    await until(() => counts.every((count) => count === RELOADS));
    expect(await requests.stop()).toEqual([]);
    expect(closes).toEqual([]);
    expect(logs).toEqual([]);
    expect(await ask(JSON.stringify({ query: `{ added${RELOADS} }` }))).toEqual({
      data: { [`added${RELOADS}`]: null },
    });
    expect((heapAfterCollection() - heapEarly) / (RELOADS - 20)).toBeLessThan(LEAST_LEAK_BYTES);
    for (const client of clients) await client.dispose();
  },
  PATIENCE_MS,
);
