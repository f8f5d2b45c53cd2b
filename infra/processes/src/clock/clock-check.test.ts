import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createLogger } from '@souk/kit/runtime';
import { TestClock } from '@souk/kit/testing';
import { Agent } from 'undici';
import { ClockCheck } from './clock-check.ts';
import { timeOfProcesses } from './peer-times.ts';

const NOON = new Date('2030-01-01T12:00:00Z');
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanUps.splice(0)) await each();
});

function checked(peerTime: () => Promise<Date | null>) {
  const clock = new TestClock(NOON);
  const lines: string[] = [];
  const monotonic = { ms: 0 };
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const check = new ClockCheck({ clock, peer: 'Postgres', peerTime, logger, nowMs: () => monotonic.ms });
  const ready = () => {
    monotonic.ms += 5001;
    return check.dependency.ready();
  };
  return { clock, lines, ready };
}

test.each([
  [0, true],
  [20_000, true],
  [-20_000, true],
  [21_000, false],
  [-90_000, false],
])('a clock that is %d ms ahead of its peers: ready is %s', async (ms, isReady) => {
  const { clock, ready } = checked(async () => NOON);
  clock.set(new Date(NOON.getTime() + ms));
  expect(await ready()).toBe(isReady);
});

test('a wrong clock is logged once, and a corrected clock is logged once', async () => {
  const { clock, lines, ready } = checked(async () => NOON);
  expect(await ready()).toBe(true);
  clock.advance(90_000);
  expect([await ready(), await ready(), await ready()]).toEqual([false, false, false]);
  clock.set(NOON);
  expect([await ready(), await ready()]).toEqual([true, true]);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { skewSeconds: 90, peer: 'Postgres', msg: expect.stringContaining('synchronize the clock') },
    { skewSeconds: 0 },
  ]);
});

test.each([
  ['before this process froze', NOON],
  ['after they froze themselves', new Date(NOON.getTime() + 60_000)],
])('an answer that peers gave %s says nothing against the clock', async (_when, time) => {
  const { clock, lines, ready } = checked(async () => {
    clock.advance(60_000);
    return time;
  });
  expect(await ready()).toBe(true);
  expect(lines).toEqual([]);
});

test('the clock is not judged while no peer answers', async () => {
  const { ready } = checked(async () => null);
  const { ready: failing } = checked(() => Promise.reject(new Error('away')));
  expect([await ready(), await failing()]).toEqual([true, true]);
});

/** Starts a process whose clock is ahead by `ms`. */
async function processAhead(ms: number): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('date', new Date(NOON.getTime() + ms).toUTCString());
    response.end('{"status":"live"}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  cleanUps.push(
    () => void server.close(),
    () => server.closeAllConnections(),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

test('the time of processes is their median, even with one wrong clock and one process that does not answer', async () => {
  const agent = new Agent();
  cleanUps.unshift(() => agent.close());
  const urls = [
    await processAhead(0),
    await processAhead(90_000),
    await processAhead(1000),
    'http://127.0.0.1:9/graphql',
  ];
  expect(await timeOfProcesses(urls, agent)).toEqual(new Date(NOON.getTime() + 1000));
  expect(await timeOfProcesses(['http://127.0.0.1:9/graphql'], agent)).toBeNull();
});
