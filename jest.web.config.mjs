import base from './jest.config.mjs';

/** `npm run test:web` tests the web apps in a real browser against a running Souk. See docs/testing.md. */
export default {
  ...base,
  testMatch: ['<rootDir>/infra/all-in-one/src/web/*.browser.ts'],
  maxWorkers: 1,
};
