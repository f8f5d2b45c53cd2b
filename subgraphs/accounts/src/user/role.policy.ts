import type { ScopeDeclaration } from '@souk/kit/context';

/** The roles of users in a tenant. */
export const ROLES = ['OWNER', 'STAFF', 'SHOPPER'] as const;
export type Role = (typeof ROLES)[number];

/** The scopes of each role. A token carries those of its user's role; a change takes effect when the token is renewed. */
export type RoleScopes = Readonly<Record<Role, readonly string[]>>;

/**
 * Gives each role the scopes that are declared for it, in the order of their declarations.
 * @param scopes those of every subgraph.
 * @throws TypeError for a scope of a role that there is not.
 */
export function scopesOfRoles(scopes: readonly ScopeDeclaration[]): RoleScopes {
  for (const { name, roles } of scopes) {
    const unknown = roles.find((role) => !ROLES.some((known) => known === role));
    if (unknown !== undefined)
      throw new TypeError(`The scope "${name}" is declared for the role ${unknown}; the roles are ${ROLES.join(', ')}`);
  }
  const of = (role: Role) => scopes.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  return { OWNER: of('OWNER'), STAFF: of('STAFF'), SHOPPER: of('SHOPPER') };
}
