import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createProcessMetrics } from '@souk/platform/metrics';
import { createLogger } from '@souk/kit/runtime';
import { until } from '@souk/kit/testing';
import { gatewayState, type GatewayState } from './gateway-state.ts';
import { openRedis } from './redis.ts';

let state: GatewayState;
let server: Server | undefined;
afterEach(() => {
  state.stop();
  server?.close();
});

const logger = createLogger({ level: 'silent' });

/** A server that replies OK to every command. A Redis client therefore considers it ready. */
async function agreeableServer(): Promise<string> {
  server = createServer((socket) => {
    socket.on('data', (data) => socket.write('+OK\r\n'.repeat(String(data).match(/^\*\d+\r$/gm)?.length ?? 0)));
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `redis://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const SECRET = Buffer.alloc(32, 1);

async function redisMetrics(): Promise<readonly string[]> {
  const metrics = createProcessMetrics('test');
  state.addMetrics(metrics);
  const { body } = await metrics.text();
  return body.split('\n').filter((line) => /^souk_(redis_up|rate)/.test(line));
}

test('metrics report that Redis serves and limits are shared', async () => {
  const redis = openRedis({ url: await agreeableServer() }, logger);
  state = gatewayState({ redis, cache: null, secret: SECRET });
  await until(() => redis?.isUp);
  expect(await redisMetrics()).toEqual([
    'souk_redis_up{process="test"} 1',
    'souk_rate_limits_in_memory{process="test"} 0',
  ]);
});

test('metrics report that Redis does not answer and limits are counted in memory', async () => {
  state = gatewayState({ redis: openRedis({ url: 'redis://127.0.0.1:1' }, logger), cache: null, secret: SECRET });
  await state.ready();
  expect(await redisMetrics()).toEqual([
    'souk_redis_up{process="test"} 0',
    'souk_rate_limits_in_memory{process="test"} 1',
  ]);
});

test('without Redis there are no metrics of Redis', async () => {
  state = gatewayState(null);
  await state.ready();
  expect(await redisMetrics()).toEqual([]);
});
