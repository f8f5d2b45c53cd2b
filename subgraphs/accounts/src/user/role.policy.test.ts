import { expect, test } from '@jest/globals';
import { scopesOfRoles } from './role.policy.ts';

test('a role has its declared scopes in the order of their declarations, and a shopper has none', () => {
  const roles = scopesOfRoles([
    { name: 'orders:read', roles: ['OWNER', 'STAFF'] },
    { name: 'settings:write', roles: ['OWNER'] },
  ]);
  expect(roles).toEqual({ OWNER: ['orders:read', 'settings:write'], STAFF: ['orders:read'], SHOPPER: [] });
});

test('a scope of an unknown role is refused with both names', () => {
  expect(() => scopesOfRoles([{ name: 'orders:read', roles: ['CLERK'] }])).toThrow(
    'The scope "orders:read" is declared for the unknown role CLERK. Use one of OWNER, STAFF, SHOPPER',
  );
});

test('a scope of no role is refused', () => {
  expect(() => scopesOfRoles([{ name: 'orders:read', roles: [] }])).toThrow(
    'The scope "orders:read" is declared for no role. Name at least one of OWNER, STAFF, SHOPPER',
  );
});
