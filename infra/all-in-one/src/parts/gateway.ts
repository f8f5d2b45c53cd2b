// For gateways that are put together elsewhere.
export { cacheInvalidation, RESPONSES_READER } from '../cache-invalidation.ts';
export { ENDED_SESSIONS_READER, sessionEndings } from '../ended-sessions.ts';
export { endLostSessions, recallEndedSessions, type EndedSessionSource } from '../recalled-sessions.ts';
export { addGatewayMetrics, fetchTimes, gatewayObservation, timed } from '../gateway-metrics.ts';
export { gatewayState, type GatewayState } from '../gateway-state.ts';
export { MANIFEST_FILE } from '../operations/manifest-file.ts';
export { protectionOptions, type ProtectionSettings } from '../protection.ts';
export { protectionSettings, protectionVariables } from '../protection-variables.ts';
export { openRedis } from '../redis.ts';
export { REST_FILES } from '../rest/rest-file-paths.ts';
export { SUPERGRAPH_FILE } from '../supergraph-file.ts';
export { tenantDirectory, type TenantSource } from '../tenant-directory.ts';
