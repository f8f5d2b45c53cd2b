import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { Redis } from 'ioredis';
import { SharedRedis } from '../redis/shared-redis.ts';
import { testLog } from '../testing/log-lines.ts';
import { HAS_REDIS, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { describeEndedSessions, tokenOf } from './ended-sessions.contract.ts';
import { MemoryEndedSessions } from './memory-ended-sessions.ts';
import { RedisEndedSessions } from './redis-ended-sessions.ts';

function movingClock() {
  let aheadMs = 0;
  return {
    clock: { now: () => new Date(Date.now() + aheadMs) },
    advance: (ms: number) => void (aheadMs += ms),
  };
}

describe('ended sessions in memory', () => {
  describeEndedSessions(async () => {
    const { clock, advance } = movingClock();
    return { sessions: new MemoryEndedSessions(clock), advance };
  });
});

(HAS_REDIS ? describe : describe.skip)('ended sessions in Redis (needs redis-server)', () => {
  let server: TestRedis;
  let operator: Redis;
  const ends: (() => void)[] = [];
  beforeAll(async () => {
    server = await startRedis();
    operator = new Redis(server.url);
    operator.on('error', () => undefined); // this test stops Redis
  });
  beforeEach(async () => {
    await operator.flushall();
  });
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });
  afterAll(async () => {
    operator.disconnect();
    await server.stop();
  });

  async function gateway({ clock } = movingClock()) {
    const redis = new SharedRedis({ url: server.url, logger: testLog().logger, patienceMs: 10_000 });
    const sessions = new RedisEndedSessions(redis, clock);
    ends.push(
      () => sessions.stop(),
      () => redis.close(),
    );
    await sessions.ready();
    return { redis, sessions };
  }

  const isKnown = (sessions: RedisEndedSessions, id: string) => sessions.isRevoked(tokenOf(id));

  describeEndedSessions(async () => {
    const time = movingClock();
    return { ...(await gateway(time)), advance: time.advance };
  });

  test('a gateway that starts reads the sessions that ended before', async () => {
    const { sessions } = await gateway();
    await sessions.end(['left']);
    const { sessions: late } = await gateway();
    expect([isKnown(late, 'left'), isKnown(late, 'stays')]).toEqual([true, false]);
  });

  test('sessions that ended while Redis was away are stored when Redis returns, even without its data', async () => {
    const { redis, sessions } = await gateway();
    await sessions.end(['before']);
    await server.kill();
    await until(() => !redis.isUp);
    await sessions.end(['meanwhile']);
    expect(isKnown(sessions, 'meanwhile')).toBe(true);
    await server.start();
    await until(async () => (await operator.zcard('souk:sessions:ended').catch(() => 0)) === 2);
    const { sessions: late } = await gateway();
    expect([isKnown(late, 'before'), isKnown(late, 'meanwhile')]).toEqual([true, true]);
  });

  test('a score that is too low does not end the memory of a session early', async () => {
    const time = movingClock();
    const { sessions } = await gateway(time);
    await operator.zadd('souk:sessions:ended', String(Date.now() + 60_000), 'left');
    await sessions.sync();
    await sessions.end(['left']);
    const { sessions: late } = await gateway(time);
    time.advance(10 * 60_000);
    expect([isKnown(sessions, 'left'), isKnown(late, 'left')]).toEqual([true, true]);
  });

  test('an implausible score is dropped, and the exchange continues', async () => {
    const { sessions } = await gateway();
    await sessions.end(['left']);
    await operator.zadd('souk:sessions:ended', '+inf', 'endless', String(Date.now() * 1000), 'in microseconds');
    await sessions.sync();
    const { sessions: late } = await gateway();
    expect(['left', 'endless', 'in microseconds'].map((id) => isKnown(late, id))).toEqual([true, false, false]);
    expect(await operator.zrange('souk:sessions:ended', '0', '-1')).toEqual(['left']);
  });

  test('flushed sessions are stored again in the next exchange', async () => {
    const { sessions } = await gateway();
    await sessions.end(['left']);
    await operator.flushall();
    await sessions.sync();
    expect(await operator.zrange('souk:sessions:ended', '0', '-1')).toEqual(['left']);
  });

  test('Redis forgets a session when its tokens have expired, and deletes the set when it is empty', async () => {
    const time = movingClock();
    const { sessions } = await gateway(time);
    await sessions.end(['early']);
    time.advance(15 * 60_000);
    await sessions.end(['late']);
    expect(await operator.pttl('souk:sessions:ended')).toBeGreaterThan(30 * 60_000);
    time.advance(10 * 60_000);
    await sessions.sync();
    expect(await operator.zrange('souk:sessions:ended', '0', '-1')).toEqual(['late']);
  });

  test('a gateway starts without Redis, too', async () => {
    await server.kill();
    const { sessions } = await gateway();
    await sessions.end(['left']);
    expect(isKnown(sessions, 'left')).toBe(true);
    await server.start();
  });
});
