import { expect, test } from '@jest/globals';
import { accepted, isConflict, RefusalError } from './refusal.ts';

const conflict = { code: 'VERSION_CONFLICT', message: 'The order has version 3, not 2', currentVersion: 3 };

test('a payload without user errors is accepted', () => {
  const payload = { order: { id: 'o1' }, userErrors: [] };
  expect(accepted(payload)).toBe(payload);
});

test('the first user error is thrown with its details', () => {
  const errorOf = (work: () => unknown) => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };
  const error = errorOf(() => accepted({ userErrors: [conflict, { code: 'OTHER', message: 'x' }] }));
  expect(error).toBeInstanceOf(RefusalError);
  expect(isConflict(error)).toBe(true);
  expect(isConflict(errorOf(() => accepted({ userErrors: [{ code: 'NOT_FOUND', message: 'x' }] })))).toBe(false);
  expect(errorOf(() => accepted(null))).toBeInstanceOf(RefusalError);
});
