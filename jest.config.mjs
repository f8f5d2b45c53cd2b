import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
/** Jest resolves the sources themselves, so their import extensions stay as written. */
const transformOptions = {
  ...swc,
  exclude: [],
  swcrc: false,
  jsc: { ...swc.jsc, rewriteRelativeImportExtensions: false },
};

/** Real Postgres for every run: started once, migrated once, cloned per test file. See docs/testing.md. */
export default {
  runtime: '<rootDir>/infra/tools/jest/native-runtime.mjs',
  testEnvironment: '<rootDir>/infra/tools/jest/native-environment.mjs',
  testEnvironmentOptions: { customExportConditions: ['souk-source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/{gateway,gateway/engine,subgraphs/*,clients/*,infra/*}/src/**/*.test.ts'],
  globalSetup: '<rootDir>/subgraphs/kit/src/testing/global-setup.ts',
  globalTeardown: '<rootDir>/subgraphs/kit/src/testing/global-teardown.ts',
  injectGlobals: false,
  // Longer than every wait in a test: a test that fails says which fact it waited for.
  testTimeout: 240_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/infra/tools/jest/file-progress.mjs'],
  transform: { '^.+\\.ts$': ['@swc/jest', transformOptions] },
};
