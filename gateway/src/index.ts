export { RedisResponseStore } from './caching/redis-response-store.ts';
export {
  composeSupergraph,
  CompositionError,
  keptSupergraph,
  type SubgraphSchema,
  readSupergraphFile,
} from '@souk/engine/composition';
export {
  inProcessTransport,
  type SubgraphRequest,
  type SubgraphTransport,
  SubgraphUnavailableError,
  type SubgraphAddress,
  type TransportChoice,
} from '@souk/engine/subgraphs';
export { DEFAULT_LIMITS, type GatewayLimits, type GatewayOptions } from './gateway-options.ts';
export { createGateway, type Gateway } from './gateway.ts';
export type { ReadinessPart } from './http/health.ts';
export type { HomePageLink } from './http/home-page.ts';
export { escapeHtml } from './http/escape-html.ts';
export { isLocal } from './http/local-request.ts';
export type { MediaOptions } from './http/media.ts';
export type { WebApp } from './http/web-apps.ts';
export { DEFAULT_OPERATION_LIMITS } from '@souk/engine/operation';
export { operationMeter, type OperationMeter, type OperationSize } from './limits/operation-meter.ts';
export { DEFAULT_COST, type CostOptions } from './limits/cost-guard.ts';
export { DEFAULT_RATES, staffBudget, DEFAULT_SENSITIVE_RATES, type RateOptions } from './limits/rates/rate-options.ts';
export { RedisRateLimitStore } from './limits/rates/redis-rate-limit-store.ts';
export { REMEMBERED_MS, type EndedSessions } from './identity/ended-sessions.ts';
export { MemoryEndedSessions } from './identity/memory-ended-sessions.ts';
export { RedisEndedSessions } from './identity/redis-ended-sessions.ts';
export type { ChannelDirectory } from './identity/channel-directory.ts';
export type { TenantDirectory } from './identity/tenant-directory.ts';
export type { IdentityProvider } from './identity/token-verifier.ts';
export type { ObservedOperation } from './operations/observation-guard.ts';
export { readManifestFile, type OperationManifest } from './persisted/manifest.ts';
export type { PersistedOptions } from './persisted/persisted-options.ts';
export { RedisAutomaticOperations } from './persisted/redis-automatic-operations.ts';
export type { Acceptance } from './persisted/persisted-source.ts';
export { DEFAULT_HTTP } from './http/http-options.ts';
export { listensOnLoopback } from './identity/loopback.ts';
export type {
  PlaygroundChoice,
  PlaygroundOptions,
  PlaygroundTab,
  PlaygroundVisit,
  VisitedPlayground,
} from './playground/playground.ts';
export { SharedRedis, type RedisServer } from './redis/shared-redis.ts';
export { balancedTransport, type BalancedSubgraphOptions } from './remote/balanced-transport.ts';
export { httpTransport, type RemoteTransport } from './remote/http-transport.ts';
export type { RemoteSubgraphOptions } from './remote/remote-options.ts';
export { readRestFiles, type RestOptions } from './rest/rest-options.ts';
