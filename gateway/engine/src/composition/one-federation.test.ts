import { expect, test } from '@jest/globals';
import { createRequire } from 'node:module';

/** A second copy of the package would have its own classes, which do not work with schemas of the first copy. */
test('all of Apollo uses one copy of federation-internals', () => {
  const require = createRequire(import.meta.url);
  const users = ['@apollo/gateway', '@apollo/query-planner', '@apollo/composition'];
  const copies = users.map((user) => createRequire(require.resolve(user)).resolve('@apollo/federation-internals'));
  expect(new Set([...copies, require.resolve('@apollo/federation-internals')]).size).toBe(1);
});
