import { expect, test } from '@jest/globals';
import { stateOf } from './member-state.ts';

const now = Date.parse('2030-01-01T00:00:00Z');

test('a member is active, disabled, or locked until a time', () => {
  const lockedUntil = '2030-01-01T00:00:30Z';
  expect(stateOf({ disabledAt: null, lockedUntil: null }, now).state).toBe('active');
  expect(stateOf({ disabledAt: '2029-12-31T00:00:00Z', lockedUntil }, now).state).toBe('disabled');
  expect(stateOf({ disabledAt: null, lockedUntil }, now).state).toBe('locked');
  expect(stateOf({ disabledAt: null, lockedUntil }, Date.parse(lockedUntil)).state).toBe('active');
});
