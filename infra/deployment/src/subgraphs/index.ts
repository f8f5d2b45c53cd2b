export { prepareSchemas, type ServerRules } from './databases.ts';
export { newSecrets, readSecrets, type Secrets } from './secrets.ts';
export { soukCatalog, type SoukCatalog } from './souk-catalog.ts';
export { startSubgraphs, type Subgraphs, SUBGRAPHS, type SubgraphsOptions } from './subgraphs.ts';
