export { CONTEXT_HEADER } from './context-claims.ts';
export { readSigningKey, readVerificationKeys } from './context-keys.ts';
export { ContextSigner, type ContextSignerOptions } from './context-signer.ts';
export { ContextVerifier, type ContextProblem, type ContextVerifierOptions } from './context-verifier.ts';
export { isLoopbackAddress, listensOnLoopback } from './loopback.ts';
export { endSilentConnections } from './silent-connections.ts';
export { createSubgraphServer, type SubgraphServerOptions } from './subgraph-server.ts';
export { addObjectRoutes } from './object-routes.ts';
export { addHealth, addMetrics, type MetricsPlace, type ProcessDependency } from './process-routes.ts';
