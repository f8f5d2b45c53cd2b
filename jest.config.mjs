import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
/** Jest runs the sources without a build, so imports keep the extension `.ts`. */
const transformOptions = {
  ...swc,
  exclude: [],
  swcrc: false,
  jsc: { ...swc.jsc, rewriteRelativeImportExtensions: false },
};

/**
 * Tests run on a real Postgres, which is started and migrated once per run. Each test file gets a clone of the
 * database. See docs/testing.md.
 */
export default {
  runtime: '<rootDir>/infra/tools/jest/native-runtime.mjs',
  testEnvironment: '<rootDir>/infra/tools/jest/native-environment.mjs',
  testEnvironmentOptions: { customExportConditions: ['souk-source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/{gateway,gateway/engine,subgraphs/*,clients/*,infra/*}/src/**/*.test.ts'],
  globalSetup: '<rootDir>/subgraphs/kit/src/testing/global-setup.ts',
  globalTeardown: '<rootDir>/subgraphs/kit/src/testing/global-teardown.ts',
  injectGlobals: false,
  // The timeout is longer than every wait inside a test. A wait therefore fails first, and its message says what did
  // not happen.
  testTimeout: 240_000,
  maxWorkers: 2,
  // Loaded modules keep data of finished tests in memory. Above this size, a worker is replaced, which takes two
  // seconds.
  workerIdleMemoryLimit: '450MB',
  reporters: ['default', '<rootDir>/infra/tools/jest/file-progress.mjs'],
  transform: { '^.+\\.ts$': ['@swc/jest', transformOptions] },
};
