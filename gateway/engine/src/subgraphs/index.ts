export { inProcessTransport } from './in-process.ts';
export { type SubgraphErrors, unexpectedFailure, asError } from './subgraph-errors.ts';
export type { SubgraphRequest, SubgraphTransport } from './subgraph-transport.ts';
export { type SubgraphAddress, SubgraphTransports, type TransportChoice } from './subgraph-transports.ts';
export { SubgraphUnavailableError, type UnavailableReason } from './subgraph-unavailable.ts';
export type { Subgraph } from './subgraph.ts';
