export { DEMO_LOGINS, DEMO_TENANT } from './tenants.ts';
