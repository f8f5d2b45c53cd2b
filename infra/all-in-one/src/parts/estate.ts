// For programs that prepare a database: schemas, secrets, the demo shops.
export { prepareSchemas } from '../databases.ts';
export { loadDemo } from '../demo/load/load-demo.ts';
export { DEMO_LOGINS, DEMO_TENANT } from '../demo/tenants.ts';
export { newSecrets, type Secrets } from '../secrets.ts';
export { startSubgraphs, SUBGRAPHS } from '../subgraphs.ts';
export { soukCatalog, type SoukCatalog } from '../events/souk-catalog.ts';
