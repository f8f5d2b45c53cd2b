export { loadCode } from './load-code.ts';
export { declaredMessages, messageCatalog, type DeclaredMessages } from './messages.ts';
export { PROCESSES, type SubgraphProcess } from './processes.ts';
export { ROSTER, SCOPES, SUBGRAPH_NAMES, type RosterManifest, type SubgraphName } from './roster.ts';
