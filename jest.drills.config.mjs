import base from './jest.config.mjs';

/** `npm run drills`: faults of a whole cluster under load, which brings its own Postgres. See docs/failures.md. */
export default {
  ...base,
  globalSetup: undefined,
  globalTeardown: undefined,
  testMatch: ['<rootDir>/infra/processes/src/**/*.drill.ts'],
  maxWorkers: 1,
};
