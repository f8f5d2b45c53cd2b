import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { Redis } from 'ioredis';
import { testLog, type TestLog } from '../testing/log-lines.ts';
import { HAS_REDIS, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { SharedRedis, type SharedRedisOptions } from './shared-redis.ts';

const AWAY = { ok: false, error: 'AWAY' };
const A_LONG_TIME_MS = 10_000;

let log: TestLog;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function server(settings?: (port: number) => readonly string[]): Promise<TestRedis> {
  const started = await startRedis(settings);
  ends.push(() => started.stop());
  return started;
}

async function connect(options: Omit<SharedRedisOptions, 'logger'>): Promise<SharedRedis> {
  log = testLog();
  const redis = new SharedRedis({ patienceMs: A_LONG_TIME_MS, ...options, logger: log.logger });
  ends.push(() => redis.close());
  await redis.settled();
  return redis;
}

const messages = () => log.lines.map((line) => (JSON.parse(line) as { readonly msg: string }).msg);
const LOGGED_AWAY = expect.stringContaining('Redis is away');
const LOGGED_BACK = expect.stringContaining('Redis is available again');

(HAS_REDIS ? describe : describe.skip)('Redis, as far as it is there (needs redis-server)', () => {
  test('commands are answered, and nothing is logged while Redis serves', async () => {
    const redis = await connect(await server());
    expect(await redis.ask((client) => client.set('lamp', 'brass'))).toEqual({ ok: true, value: 'OK' });
    expect([redis.isUp, log.lines]).toEqual([true, []]);
  });

  test('after its end Redis gets no commands, and after its return all of them; each change is logged once', async () => {
    const engine = await server();
    const redis = await connect(engine);
    let returns = 0;
    redis.onUp(() => (returns += 1));
    await engine.kill();
    await until(() => !redis.isUp);
    for (let n = 0; n < 20; n += 1) expect(await redis.ask((client) => client.get('lamp'))).toEqual(AWAY);
    await engine.start();
    await until(() => redis.isUp);
    expect(await redis.ask((client) => client.get('lamp'))).toEqual({ ok: true, value: null });
    expect(messages()).toEqual([LOGGED_AWAY, LOGGED_BACK]);
    const { host } = new URL(engine.url);
    expect(log.lines.map((line) => JSON.parse(line))).toMatchObject([{ redis: host }, { redis: host }]);
    expect(returns).toBe(1);
  });

  test('a gateway that starts before Redis works without it, and uses it when it comes', async () => {
    const engine = await server();
    await engine.kill();
    const redis = await connect({ url: engine.url });
    expect([redis.isUp, log.lines.join('')]).toEqual([false, expect.stringContaining('ECONNREFUSED')]);
    await engine.start();
    await until(() => redis.isUp);
    expect(messages()).toEqual([LOGGED_AWAY, LOGGED_BACK]);
  });

  test('when Redis does not answer, running requests continue without it, and later ones do not ask', async () => {
    const engine = await server();
    const redis = await connect({ ...engine, patienceMs: 100 });
    await until(() => redis.isUp);
    engine.freeze();
    const asked = [1, 2, 3].map(() => redis.ask((client) => client.get('lamp')));
    expect(await Promise.all(asked)).toEqual([AWAY, AWAY, AWAY]);
    let called = 0;
    expect(await redis.ask(async () => (called += 1))).toEqual(AWAY);
    expect([called, redis.unanswered]).toEqual([0, 3]);
    await until(() => messages().length === 1);
    engine.thaw();
    await until(() => redis.isUp);
    expect(messages()).toEqual([LOGGED_AWAY, LOGGED_BACK]);
  });

  test.each([
    ['a replica, which takes no writes', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
    ['full', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
  ])('Redis counts as away while it is %s', async (_state, [begin = '', ...beginWith], [end = '', ...endWith]) => {
    const engine = await server();
    const redis = await connect(engine);
    const operator = new Redis(engine.url);
    ends.push(() => operator.disconnect());
    await operator.call(begin, ...beginWith);
    expect(await redis.ask((client) => client.set('lamp', 'brass'))).toEqual(AWAY);
    await until(() => messages().length === 1);
    await operator.call(end, ...endWith);
    await until(() => redis.isUp);
    expect(await redis.ask((client) => client.set('lamp', 'brass'))).toMatchObject({ ok: true });
    expect(messages()).toEqual([LOGGED_AWAY, LOGGED_BACK]);
  });

  test('a command that Redis refuses for another reason is logged, and Redis stays up', async () => {
    const redis = await connect(await server());
    await redis.ask((client) => client.set('lamp', 'brass'));
    expect(await redis.ask((client) => client.lpush('lamp', 'brass'))).toEqual(AWAY);
    expect([redis.isUp, log.lines]).toEqual([true, [expect.stringContaining('WRONGTYPE')]]);
  });

  test('a password is in the URL or beside it; a wrong password is reported, and never shown', async () => {
    const engine = await server(() => ['--requirepass', 'open sesame']);
    const url = engine.url.replace('//', '//:open%20sesame@');
    expect((await connect({ url })).isUp).toBe(true);
    expect((await connect({ url: engine.url, password: 'open sesame' })).isUp).toBe(true);
    const refused = await connect({ url: engine.url, password: 'abracadabra' });
    expect([refused.isUp, log.lines.join('')]).toEqual([false, expect.stringContaining('WRONGPASS')]);
    expect(log.lines.join('')).not.toContain('abracadabra');
  });

  test('with TLS, Redis is accepted when a trusted authority signed its certificate', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'souk-redis-tls-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    const [cert, key] = [join(folder, 'redis.pem'), join(folder, 'redis.key')];
    makeCertificate(cert, key);
    const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert];
    const engine = await server((port) => [
      '--port',
      '0',
      '--tls-port',
      `${port}`,
      '--tls-auth-clients',
      'no',
      ...files,
    ]);
    const url = engine.url.replace('redis:', 'REDISS:');
    expect((await connect({ url, ca: readFileSync(cert, 'utf8') })).isUp).toBe(true);
    const stranger = await connect({ url });
    expect([stranger.isUp, log.lines.join('')]).toEqual([false, expect.stringMatching(/self-signed certificate/)]);
  });
});

function makeCertificate(cert: string, key: string): void {
  const how = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const whose = ['-subj', '/CN=redis', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = spawnSync('openssl', [...how, ...whose, '-out', cert, '-keyout', key], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`openssl: ${made.error?.message ?? made.stderr}`);
}

describe('an address where another server listens', () => {
  async function listener(answer: (data: Buffer) => string) {
    const received: Buffer[] = [];
    const listening = createServer((socket) => {
      socket.on('data', (data) => {
        received.push(data);
        socket.write(answer(data));
      });
      socket.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(listening, 'listening');
    ends.push(() => listening.close());
    const address = listening.address();
    const port = typeof address === 'object' ? address?.port : null;
    return { url: `redis://127.0.0.1:${port}`, received };
  }

  test('Redis counts as away while it loads its data', async () => {
    const commandsIn = (data: Buffer) => String(data).match(/^\*\d+\r$/gm) ?? [];
    const loading = '-LOADING Redis is loading the dataset in memory\r\n';
    const { url } = await listener((data) => loading.repeat(commandsIn(data).length));
    const redis = await connect({ url });
    expect([redis.isUp, messages()]).toEqual([false, [LOGGED_AWAY]]);
  });

  test('`rediss` uses TLS from the first byte, so no password is sent in plain text', async () => {
    const { url, received } = await listener(() => 'no TLS here');
    await connect({ url: url.replace('redis:', 'rediss:').replace('//', '//:secret@') });
    expect(received[0]?.[0]).toBe(0x16); // a handshake record (RFC 8446, 5.1)
    expect(Buffer.concat(received).includes('secret')).toBe(false);
  });
});
