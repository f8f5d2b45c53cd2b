export { prepareSchemas, type ServerRules } from './databases.ts';
export { newSecrets, readSecrets, type Secrets } from './secrets.ts';
export { startSubgraphs, type Subgraphs, type SubgraphsOptions } from './subgraphs.ts';
