import { expect, test } from '@jest/globals';
import { createRequire } from 'node:module';

/** A second copy would have its own classes, and the schemas of one copy do not work with the other copy. */
test('all of Apollo uses one copy of federation-internals', () => {
  const require = createRequire(import.meta.url);
  const users = ['@apollo/gateway', '@apollo/query-planner', '@apollo/composition'];
  const copies = users.map((user) => createRequire(require.resolve(user)).resolve('@apollo/federation-internals'));
  expect(new Set([...copies, require.resolve('@apollo/federation-internals')]).size).toBe(1);
});
