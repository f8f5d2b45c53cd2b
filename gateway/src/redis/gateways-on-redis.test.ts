import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { RedisResponseStore } from '../caching/redis-response-store.ts';
import { RedisEndedSessions } from '../identity/redis-ended-sessions.ts';
import { DEFAULT_RATES } from '../limits/rates/rate-options.ts';
import { RedisRateLimitStore } from '../limits/rates/redis-rate-limit-store.ts';
import { RedisAutomaticOperations } from '../persisted/redis-automatic-operations.ts';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';
import { fixtureIdentity, type FixtureIdentity } from '../testing/fixture-identity.ts';
import { testLog, type TestLog } from '../testing/log-lines.ts';
import { HAS_REDIS, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { SharedRedis } from './shared-redis.ts';

/** A fixed clock, because a new minute would admit more requests. */
const A_TIME_MS = 1_700_000_000_000;
/** The maximum number of requests per minute from one client address. */
const LIMIT = 60;
const SHELF = '{ shelf { id name } }';
const PRODUCTS = '{ products { id } }';

interface GatewayOnRedis {
  readonly gateway: FixtureGateway;
  readonly redis: SharedRedis;
  readonly sessions: RedisEndedSessions;
  readonly log: TestLog;
  stop(): Promise<void>;
}

(HAS_REDIS ? describe : describe.skip)('gateways that share a Redis (needs redis-server)', () => {
  let server: TestRedis;
  let identity: FixtureIdentity;
  let gateways: readonly [GatewayOnRedis, GatewayOnRedis];
  beforeAll(async () => {
    identity = await fixtureIdentity();
  });
  beforeEach(async () => {
    server = await startRedis();
  });
  afterEach(async () => {
    for (const each of gateways) await each.stop();
    await server.stop();
  });
  /** @param patienceMs how long a gateway waits for Redis. The default is long enough for a busy machine. */
  async function startTwo(patienceMs = 10_000): Promise<typeof gateways> {
    gateways = [await start(patienceMs), await start(patienceMs)];
    return gateways;
  }

  async function start(patienceMs: number): Promise<GatewayOnRedis> {
    const log = testLog();
    const redis = new SharedRedis({ url: server.url, logger: log.logger, patienceMs });
    const sessions = new RedisEndedSessions(redis);
    const gateway = await startFixtureGateway({
      identity,
      revocations: sessions,
      responseStore: new RedisResponseStore(redis, { secret: Buffer.alloc(32, 1) }),
      operations: { automatic: new RedisAutomaticOperations(redis) },
      rates: {
        ...DEFAULT_RATES,
        addressPerMinute: LIMIT,
        store: new RedisRateLimitStore(redis, { now: () => A_TIME_MS }),
      },
    });
    await sessions.ready();
    return {
      gateway,
      redis,
      sessions,
      log,
      async stop() {
        await gateway.app.close();
        sessions.stop();
        redis.close();
      },
    };
  }

  const statusesOf = async (times: number, send: (n: number) => Promise<{ readonly status: number }>) => {
    const answers = await Promise.all(Array.from({ length: times }, (_, n) => send(n)));
    return answers.map(({ status }) => status);
  };
  const admitted = (statuses: readonly number[]) => statuses.filter((status) => status === 200).length;

  test('admit together exactly the limit of one client', async () => {
    await startTwo();
    const statuses = await statusesOf(LIMIT + 30, (n) => gateways[n % 2 === 0 ? 0 : 1].gateway.graphql(PRODUCTS));
    expect(admitted(statuses)).toBe(LIMIT);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  });

  test('share cached answers and ended sessions', async () => {
    const [one, other] = await startTwo();
    const authorization = `Bearer ${await identity.token({ sessionId: 'left' })}`;
    expect((await other.gateway.graphql(SHELF, { authorization })).status).toBe(200);
    await one.gateway.graphql(SHELF);
    await other.gateway.graphql(SHELF);
    expect(other.gateway.world.ran.filter((each) => each === 'shelf')).toHaveLength(1); // the request with the token
    await one.sessions.end(['left']);
    await other.sessions.sync();
    expect((await other.gateway.graphql(SHELF, { authorization })).status).toBe(401);
  });

  test.each([
    ['killed', () => server.kill(), () => server.start()],
    ['held up', async () => server.freeze(), async () => server.thaw()],
  ])(
    'answer every request while it is %s, count separately, and together again afterwards',
    async (_how, end, begin) => {
      const [one, other] = await startTwo(1000);
      const during = statusesOf(30, () => one.gateway.graphql(SHELF));
      await end();
      expect(admitted(await during)).toBe(30);
      await until(
        async () => admitted(await statusesOf(1, () => one.gateway.graphql(PRODUCTS))) === 1 && !one.redis.isUp,
      );
      const alone = await statusesOf(LIMIT + 20, () => one.gateway.graphql(PRODUCTS));
      expect(alone.filter((status) => status !== 200 && status !== 429)).toEqual([]);
      expect(admitted(alone)).toBeLessThanOrEqual(LIMIT + 10); // a minute may turn meanwhile
      expect(admitted(alone)).toBeGreaterThan(LIMIT - 35);
      await until(() => one.log.lines.length === 1);
      await begin();
      await until(() => one.redis.isUp && other.redis.isUp);
      expect((await other.gateway.graphql(SHELF)).status).toBe(200);
      expect(one.log.lines).toEqual([
        expect.stringContaining('Redis is away'),
        expect.stringContaining('Redis is available again'),
      ]);
      expect(one.gateway.logs).toEqual([]);
    },
  );

  test('answer every request while it is flushed', async () => {
    const [one, other] = await startTwo();
    const during = statusesOf(60, (n) => gateways[n % 2 === 0 ? 0 : 1].gateway.graphql(n % 3 === 0 ? PRODUCTS : SHELF));
    await one.redis.ask((redis) => redis.flushall());
    await one.redis.ask((redis) => redis.script('FLUSH'));
    expect(admitted(await during)).toBe(60);
    expect([...one.log.lines, ...other.log.lines, ...one.gateway.logs]).toEqual([]);
  });
});
