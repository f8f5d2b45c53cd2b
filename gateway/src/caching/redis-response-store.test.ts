import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { Redis } from 'ioredis';
import { SharedRedis } from '../redis/shared-redis.ts';
import { startFixtureGateway } from '../testing/fixture-gateway.ts';
import { TENANT } from '../testing/fixture-identity.ts';
import { testLog } from '../testing/log-lines.ts';
import { HAS_REDIS, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { RedisResponseStore } from './redis-response-store.ts';
import { describeResponseStore } from './response-store.contract.ts';
import type { StoredResponse } from './response-store.ts';

const SECRET = Buffer.alloc(32, 1);

(HAS_REDIS ? describe : describe.skip)('responses in Redis (needs redis-server)', () => {
  let server: TestRedis;
  let operator: Redis;
  let redis: SharedRedis;
  let store: RedisResponseStore;
  beforeAll(async () => {
    server = await startRedis();
    operator = new Redis(server.url);
    operator.on('error', () => undefined); // this test stops Redis
  });
  beforeEach(async () => {
    await operator.flushall();
    redis = await connect();
    store = new RedisResponseStore(redis, { secret: SECRET });
  });
  afterEach(() => redis.close());
  afterAll(async () => {
    operator.disconnect();
    await server.stop();
  });

  async function connect(patienceMs = 10_000): Promise<SharedRedis> {
    const connected = new SharedRedis({ url: server.url, logger: testLog().logger, patienceMs });
    await connected.settled();
    return connected;
  }

  async function made(tags: readonly string[] = ['shop:Product']): Promise<StoredResponse> {
    const epoch = (await store.epoch()) ?? Number.NaN;
    return { body: 'lamps', etag: '', tags, epoch, storedAtMs: Date.now(), maxAgeSeconds: 60 };
  }

  describeResponseStore(async () => store);

  test('expire after their maximum age', async () => {
    await store.set('one', await made());
    const [key = ''] = await operator.keys('souk:responses:of:*');
    expect(await operator.ttl(key)).toBeLessThanOrEqual(60);
  });

  test('are not served when another program has changed one, or moved one to another key', async () => {
    await store.set('one', await made());
    await store.set('other', await made());
    const keys = await operator.keys('souk:responses:of:*');
    const [first = '', second = ''] = keys;
    await operator.set(first, (await operator.get(first))?.replace('lamps', 'lumps') ?? '');
    const swapped = await operator.get(second);
    const reads = () => Promise.allSettled([store.get('one'), store.get('other')]);
    const refused = {
      status: 'rejected',
      reason: expect.objectContaining({ message: expect.stringContaining('wrong signature') }),
    };
    expect(await reads()).toContainEqual(refused);
    await operator.set(first, swapped ?? '');
    expect(await reads()).toContainEqual(refused);
    await operator.set(first, 'x');
    expect(await reads()).toContainEqual(refused);
  });

  test('expire by their age, even when an old one was written back', async () => {
    let aheadMs = 0;
    const clock = { now: () => new Date(Date.now() + aheadMs) };
    const aging = new RedisResponseStore(redis, { secret: SECRET, clock });
    await aging.set('one', await made());
    const [key = ''] = await operator.keys('souk:responses:of:*');
    await operator.persist(key);
    expect(await aging.get('one')).toMatchObject({ body: 'lamps' });
    aheadMs = 61_000;
    expect(await aging.get('one')).toBeNull();
  });

  test('of gateways with another secret are not found', async () => {
    await store.set('one', await made());
    const stranger = new RedisResponseStore(redis, { secret: Buffer.alloc(32, 2) });
    expect(await stranger.get('one')).toBeNull();
  });

  test('are not kept when an object in them changed while they were made, even after a flush of Redis', async () => {
    const response = await made();
    await store.invalidate(['shop:Product']);
    await operator.flushall();
    await store.set('one', response);
    expect(await store.get('one')).toBeNull();
    await store.set('one', await made());
    expect(await store.get('one')).toMatchObject({ body: 'lamps' });
  });

  test('expire with the tags that prove that they are current', async () => {
    await store.set('one', await made(['shop:Product', 'shop:Category']));
    await operator.del('souk:responses:tag:shop:Category');
    expect(await store.get('one')).toBeNull();
  });

  test('are invalidated by changes while Redis was away, before any of them is read', async () => {
    await store.set('lamps', await made());
    await store.set('shelves', await made(['shop:Shelf']));
    const impatient = await connect(100);
    const cutOff = new RedisResponseStore(impatient, { secret: SECRET });
    server.freeze();
    await cutOff.invalidate(['shop:Product']);
    expect([await cutOff.get('lamps'), await cutOff.epoch()]).toEqual([null, null]);
    server.thaw();
    await until(() => impatient.isUp);
    expect(await Promise.all([cutOff.get('lamps'), cutOff.get('lamps')])).toEqual([null, null]);
    await until(async () => await cutOff.get('shelves'));
    expect([await store.get('lamps'), await store.get('shelves')]).toMatchObject([null, { body: 'lamps' }]);
    impatient.close();
  });

  test('are made each time while Redis is away, without a log line for each, and cached again afterwards', async () => {
    const gateway = await startFixtureGateway({ responseStore: store });
    const ask = async () => (await gateway.graphql('{ shelf { id name } }')).headers.get('age');
    const reads = () => gateway.world.ran.filter((each) => each === 'shelf').length;
    await ask();
    expect([await ask(), reads()]).toEqual([expect.any(String), 1]);
    await server.kill();
    await until(() => !redis.isUp);
    expect([await ask(), await ask(), reads()]).toEqual([null, null, 3]);
    await gateway.gateway.invalidate(TENANT, ['Shelf']);
    await server.start();
    await until(() => redis.isUp);
    await until(async () => (await ask()) !== null);
    expect(gateway.logs).toEqual([]);
    await gateway.app.close();
  });
});
