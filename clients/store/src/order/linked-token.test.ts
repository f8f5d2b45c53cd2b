import { expect, test } from '@jest/globals';
import { linkedToken } from './linked-token.ts';

test('the token of a link is read from its fragment', () => {
  expect(linkedToken('#access=aB_-9')).toBe('aB_-9');
  expect(linkedToken('')).toBeUndefined();
  expect(linkedToken('#other=1')).toBeUndefined();
});
