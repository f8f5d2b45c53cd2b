import base from './jest.config.mjs';

/** `npm run drills` tests failures of a cluster under load, with its own Postgres. See docs/failures.md. */
export default {
  ...base,
  globalSetup: undefined,
  globalTeardown: undefined,
  testMatch: ['<rootDir>/infra/processes/src/**/*.drill.ts'],
  maxWorkers: 1,
};
