import { expect, test } from '@jest/globals';
import { scopesOfRoles } from './role.policy.ts';

test('a role has the scopes that are declared for it, in the order of their declarations; a shopper has none', () => {
  const roles = scopesOfRoles([
    { name: 'orders:read', roles: ['OWNER', 'STAFF'] },
    { name: 'settings:write', roles: ['OWNER'] },
  ]);
  expect(roles).toEqual({ OWNER: ['orders:read', 'settings:write'], STAFF: ['orders:read'], SHOPPER: [] });
});

test('a scope for a role that there is not is refused, by the name of both', () => {
  expect(() => scopesOfRoles([{ name: 'orders:read', roles: ['CLERK'] }])).toThrow(
    'The scope "orders:read" is declared for the role CLERK; the roles are OWNER, STAFF, SHOPPER',
  );
});
