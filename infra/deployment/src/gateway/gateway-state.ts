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

/** In Redis for all gateways together, or without one in the memory of this one. @param redis is closed by `stop`. */
export function gatewayState(redis: SharedRedis | null): GatewayState {
  return redis ? stateInRedis(redis) : stateInMemory();
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
    responses: { responseStore: new RedisResponseStore(redis) },
    rates: { store },
    operations: { automatic: new RedisAutomaticOperations(redis) },
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
