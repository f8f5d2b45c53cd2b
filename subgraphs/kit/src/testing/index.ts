export { escaped, rowsBelow } from './money-page.ts';
export { entityDisagreements, describeEntityAgreement } from './entity-agreement.ts';
export { recordQueries, RecordingClient, type QueryLog } from './query-log.ts';
export { testActors, type TestActors } from './test-actors.ts';
export { TestClock } from './test-clock.ts';
export { testContext, type TestContextOptions } from './test-context.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
export { isolationViolations, tenantTables } from './isolation-violations.ts';
export { describeTenantIsolation, type TenantIsolationOptions } from './tenant-isolation.ts';
export type { SampleValues } from './sample-row.ts';
export { sequentialScans } from './sequential-scans.ts';
export { until } from './until.ts';
export { startTestServer, type TestServer } from './test-server.ts';
export { HAS_NATS, startNats, type TestNats } from './nats-server.ts';
export {
  openTestUnitOfWork,
  startTestSubgraph,
  type TestResult,
  type TestSubgraph,
  type TestSubgraphOptions,
  type TestUnitOfWork,
} from './test-subgraph.ts';
