import { afterEach, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { freePort } from '../embedded-postgres/index.ts';
import { createProcessMetrics } from '../metrics/index.ts';
import { addMetrics, type MetricsPlace } from './index.ts';

const HOST = '127.0.0.1';
let app: FastifyInstance;
afterEach(() => app.close());

async function start(place: MetricsPlace): Promise<string> {
  app = Fastify();
  addMetrics(app, createProcessMetrics('sample'), place);
  return app.listen({ host: HOST, port: 0 });
}

const statusOf = async (url: string) => (await fetch(`${url}/metrics`)).status;

test('metrics are served on the main port, or nowhere', async () => {
  expect(await statusOf(await start('MAIN_PORT'))).toBe(200);
  await app.close();
  expect(await statusOf(await start(null))).toBe(404);
});

test('metrics on their own port are served only there, until the app closes', async () => {
  const port = await freePort();
  const own = `http://${HOST}:${port}`;
  expect(await statusOf(await start({ host: HOST, port }))).toBe(404);
  expect(await statusOf(own)).toBe(200);
  await app.close();
  await expect(fetch(own)).rejects.toThrow();
});

test('a metrics port in use makes the start fail, unless any free port will do', async () => {
  const taken = createServer().listen(0, HOST);
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : NaN;
  try {
    await expect(start({ host: HOST, port })).rejects.toThrow(`METRICS_PORT=${port} on METRICS_HOST=${HOST}`);

    const urls: string[] = [];
    const logged = { write: (line: string) => void urls.push((JSON.parse(line) as { url?: string }).url ?? '') };
    app = Fastify({ logger: { level: 'info', stream: logged } });
    addMetrics(app, createProcessMetrics('sample'), { host: HOST, port, orFree: true });
    await app.listen({ host: HOST, port: 0 });
    const free = urls.find((url) => url.endsWith('/metrics'));
    expect(free && (await fetch(free)).status).toBe(200);
  } finally {
    taken.close();
  }
});
