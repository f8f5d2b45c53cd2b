import {
  MemoryEndedSessions,
  RedisAutomaticOperations,
  RedisEndedSessions,
  RedisRateLimitStore,
  RedisResponseStore,
  type EndedSessions,
  type GatewayOptions,
  type PersistedOptions,
  type RateOptions,
  type SharedRedis,
} from '@souk/gateway';
import type { ProcessMetrics } from '@souk/platform/metrics';

/** What a gateway keeps between requests, and where. */
export interface GatewayState {
  /** For the options of the gateway; what is missing is kept in its memory. */
  readonly responses: Pick<GatewayOptions, 'responseStore'>;
  readonly rates: Pick<RateOptions, 'store'>;
  readonly operations: Pick<PersistedOptions, 'automatic'>;
  readonly endedSessions: EndedSessions;
  addMetrics(metrics: ProcessMetrics): void;
  /** Resolves when what other gateways know is known here too, or cannot be had. */
  ready(): Promise<void>;
  stop(): void;
}

/** The Redis servers of a gateway. `stop` of the state closes the connections. */
export interface GatewayStores {
  /** Counters and ended sessions. Null: each gateway keeps its own in memory. */
  readonly redis: SharedRedis | null;
  /**
   * Cached responses and texts of operations. Strangers fill this store with requests of their own, so it must not be `redis`: a
   * server that evicts keys would drop login counters with them. Null: each gateway keeps its own in memory.
   */
  readonly cache: SharedRedis | null;
  /** Signs cached responses; the same in all gateways that share `cache`, at least 32 bytes. */
  readonly secret: Uint8Array;
}

/** State that gateways share through Redis, or keep in memory where a store is null. */
export function gatewayState(stores: GatewayStores | null): GatewayState {
  const shared = stores?.redis ? stateInRedis(stores.redis) : stateInMemory();
  return stores?.cache ? { ...shared, ...cachedIn(stores.cache, stores.secret, shared) } : shared;
}

function cachedIn(cache: SharedRedis, secret: Uint8Array, shared: GatewayState): Partial<GatewayState> {
  return {
    responses: { responseStore: new RedisResponseStore(cache, { secret }) },
    operations: { automatic: new RedisAutomaticOperations(cache) },
    addMetrics(metrics) {
      shared.addMetrics(metrics);
      metrics.gauge('souk_redis_cache_up', 'Whether the Redis of cached responses serves this gateway (1)', () =>
        Number(cache.isUp),
      );
    },
    stop() {
      shared.stop();
      cache.close();
    },
  };
}

function stateInMemory(): GatewayState {
  return {
    responses: {},
    rates: {},
    operations: {},
    endedSessions: new MemoryEndedSessions(),
    addMetrics: () => undefined,
    ready: async () => undefined,
    stop: () => undefined,
  };
}

function stateInRedis(redis: SharedRedis): GatewayState {
  const endedSessions = new RedisEndedSessions(redis);
  const store = new RedisRateLimitStore(redis);
  return {
    responses: {},
    rates: { store },
    operations: {},
    endedSessions,
    addMetrics(metrics) {
      const inMemory = 'Whether limits are counted by each gateway for itself (1), because Redis is away';
      metrics.gauge('souk_redis_up', 'Whether Redis serves this gateway (1) or is away (0)', () => Number(redis.isUp));
      metrics.counts('souk_redis_unanswered_total', 'Commands that Redis did not answer in time', null, () => ({
        commands: redis.unanswered,
      }));
      metrics.gauge('souk_rate_limits_in_memory', inMemory, () => Number(store.isInMemory));
    },
    ready: () => endedSessions.ready(),
    stop() {
      endedSessions.stop();
      redis.close();
    },
  };
}
