import { expect, test } from '@jest/globals';
import { readCommittedOperations } from './committed-operations.ts';

test('the operations of the clients are valid for the committed schemas', async () => {
  const { operations } = await readCommittedOperations();
  expect(operations.length).toBeGreaterThan(0);
});
