// For programs that prepare a database: schemas, secrets, the demo shops.
export { loadDemo } from '../demo/load/load-demo.ts';
export { DEMO_LOGINS, DEMO_TENANT } from '../demo/tenants.ts';
