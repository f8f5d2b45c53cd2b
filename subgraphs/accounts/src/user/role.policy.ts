/** The roles of users in a tenant. */
export const ROLES = ['OWNER', 'STAFF', 'SHOPPER'] as const;
export type Role = (typeof ROLES)[number];

const STAFF_SCOPES = [
  'catalog:write',
  'stock:read',
  'stock:write',
  'orders:read',
  'orders:write',
  'payments:read',
  'payments:write',
  'customers:read',
] as const;

/** The scopes of each role. A token carries the scopes of its role; a change takes effect when the token is renewed. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly string[]>> = {
  OWNER: [...STAFF_SCOPES, 'settings:write'],
  STAFF: STAFF_SCOPES,
  SHOPPER: [],
};
