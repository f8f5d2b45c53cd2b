import { expect, test } from '@jest/globals';
import { defineScope } from './scope.ts';

test('a scope that no role holds is refused', () => {
  expect(() => defineScope({ name: 'shelves:read', roles: [] })).toThrow(
    'The scope "shelves:read" is declared for no role. Name the roles whose users hold it',
  );
  expect(defineScope({ name: 'shelves:read', roles: ['OWNER'] }).roles).toEqual(['OWNER']);
});
