import type { RequestContext, ScopeDeclaration } from '@souk/kit/context';

/** The roles of users in a tenant. */
export const ROLES = ['OWNER', 'STAFF', 'SHOPPER'] as const;
export type Role = (typeof ROLES)[number];

/** The roles of people who work for a shop. */
export const STAFF_ROLES = ['OWNER', 'STAFF'] as const satisfies readonly Role[];
export type StaffRole = (typeof STAFF_ROLES)[number];

/** The scopes of each role. A token contains the scopes of its user's role, so a changed role takes effect in the next token. */
export type RoleScopes = Readonly<Record<Role, readonly string[]>>;

/**
 * Lists the scopes of each role, in the order of their declarations.
 * @param scopes the scopes of every subgraph
 * @throws TypeError for a scope with an unknown role or without a role
 */
export function scopesOfRoles(scopes: readonly ScopeDeclaration[]): RoleScopes {
  for (const { name, roles } of scopes) {
    if (roles.length === 0)
      throw new TypeError(`The scope "${name}" is declared for no role. Name at least one of ${ROLES.join(', ')}`);
    const unknown = roles.find((role) => !ROLES.some((known) => known === role));
    if (unknown !== undefined)
      throw new TypeError(
        `The scope "${name}" is declared for the unknown role ${unknown}. Use one of ${ROLES.join(', ')}`,
      );
  }
  const of = (role: Role) => scopes.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  return { OWNER: of('OWNER'), STAFF: of('STAFF'), SHOPPER: of('SHOPPER') };
}

/** Whether the caller has every scope of a role. The platform has all scopes. */
export function mayGrant({ actor }: RequestContext, roleScopes: RoleScopes, role: Role): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'user' && roleScopes[role].every((scope) => actor.scopes.includes(scope));
}
