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

/** The state that a gateway keeps between requests, in Redis or in memory. */
export interface GatewayState {
  /** Options of the gateway. An option that is not set keeps its state in memory. */
  readonly responses: Pick<GatewayOptions, 'responseStore'>;
  readonly rates: Pick<RateOptions, 'store'>;
  readonly operations: Pick<PersistedOptions, 'automatic'>;
  readonly endedSessions: EndedSessions;
  addMetrics(metrics: ProcessMetrics): void;
  /** Resolves when this gateway has loaded the state that other gateways share, or when Redis does not respond. */
  ready(): Promise<void>;
  stop(): void;
}

/** The Redis servers of a gateway. `GatewayState.stop` closes the connections. */
export interface GatewayStores {
  /** Stores rate counters and ended sessions. With null each gateway keeps them in its own memory. */
  readonly redis: SharedRedis | null;
  /**
   * Stores cached responses and operation texts. Clients fill this store with their requests, so it must not be `redis`: a server that
   * evicts keys would evict login counters too. With null each gateway keeps responses and texts in its own memory.
   */
  readonly cache: SharedRedis | null;
  /** The secret that signs cached responses: at least 32 bytes, and the same in all gateways that share `cache`. */
  readonly secret: Uint8Array;
}

/** Creates the state of a gateway. State whose Redis is null stays in the memory of the process. */
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
      const inMemory = 'Whether each gateway counts limits in its own memory (1), because Redis does not answer';
      metrics.gauge('souk_redis_up', 'Whether Redis serves this gateway (1) or does not answer (0)', () =>
        Number(redis.isUp),
      );
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
