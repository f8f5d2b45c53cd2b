import { hash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { Redis } from 'ioredis';
import { SharedRedis } from '../redis/shared-redis.ts';
import { testLog } from '../testing/log-lines.ts';
import { HAS_REDIS, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { describeAutomaticOperations } from './automatic-operations.contract.ts';
import { RedisAutomaticOperations, type RedisOperationLimits } from './redis-automatic-operations.ts';

const idOf = (text: string) => hash('sha256', text);

(HAS_REDIS ? describe : describe.skip)('texts that clients sent, in Redis (needs redis-server)', () => {
  let server: TestRedis;
  let operator: Redis;
  let redis: SharedRedis;
  beforeAll(async () => {
    server = await startRedis();
    operator = new Redis(server.url);
    operator.on('error', () => undefined); // this test stops Redis
  });
  beforeEach(async () => {
    await operator.flushall();
    redis = new SharedRedis({ url: server.url, logger: testLog().logger, patienceMs: 10_000 });
    await redis.settled();
  });
  afterEach(() => redis.close());
  afterAll(async () => {
    operator.disconnect();
    await server.stop();
  });

  /** Creates another store on the same Redis. Stores do not share memory, as in separate gateway processes. */
  const gateway = (limits?: RedisOperationLimits) => new RedisAutomaticOperations(redis, limits);

  describeAutomaticOperations(async () => gateway());

  test('a text that one gateway received is found by the others', async () => {
    await gateway().set(idOf('{ one }'), '{ one }');
    expect(await gateway().get(idOf('{ one }'))).toBe('{ one }');
    const lives = await Promise.all(['texts', 'used'].map((name) => operator.ttl(`souk:operations:${name}`)));
    expect(lives.every((seconds) => seconds > 0)).toBe(true);
  });

  test('the number and length of texts are limited, so clients cannot fill Redis', async () => {
    const limits = { texts: 2, charactersOfOne: 10 };
    const texts = ['{ one }', '{ two }', '{ three }', '{ tooLongForIt }'];
    for (const text of texts) await gateway(limits).set(idOf(text), text);
    const found = await Promise.all(texts.map(async (text) => gateway().get(idOf(text))));
    expect(found.filter((text) => text !== null)).toHaveLength(2);
    expect([await operator.hlen('souk:operations:texts'), await operator.zcard('souk:operations:used')]).toEqual([
      2, 2,
    ]);
    expect(found[3]).toBeNull();
  });

  test('a text that does not match its hash is not used', async () => {
    await operator.hset('souk:operations:texts', idOf('{ one }'), 'mutation { everything }');
    expect(await gateway().get(idOf('{ one }'))).toBeNull();
  });

  test('while Redis is away each gateway finds the texts that it received itself', async () => {
    const [one, other] = [gateway(), gateway()];
    await server.kill();
    await until(() => !redis.isUp);
    await one.set(idOf('{ one }'), '{ one }');
    expect([await one.get(idOf('{ one }')), await other.get(idOf('{ one }'))]).toEqual(['{ one }', null]);
    await server.start();
  });
});
