/** The name of a scope, `<resource>:<action>`, for instance `orders:read`. */
export type ScopeName = `${string}:${string}`;

/** The declaration of a scope by the subgraph that enforces it. */
export interface ScopeDeclaration {
  readonly name: ScopeName;
  /** The roles whose users hold the scope. The subgraph that issues tokens rejects unknown roles. */
  readonly roles: readonly string[];
}

/**
 * A permission that a subgraph enforces. `defineScope` creates a scope in the `contract.ts` of that subgraph. A plain string is not
 * accepted, so a misspelled scope does not compile.
 */
export class Scope implements ScopeDeclaration {
  /** A private field makes the type nominal: TypeScript rejects an object literal with the same properties. */
  readonly #declaration: ScopeDeclaration;

  constructor(declaration: ScopeDeclaration) {
    this.#declaration = declaration;
  }

  get name(): ScopeName {
    return this.#declaration.name;
  }

  get roles(): readonly string[] {
    return this.#declaration.roles;
  }
}

/** Declares a scope. @throws TypeError for a scope without a role, because no user could hold it */
export function defineScope(declaration: ScopeDeclaration): Scope {
  if (declaration.roles.length === 0)
    throw new TypeError(`The scope "${declaration.name}" is declared for no role. Name the roles whose users hold it`);
  return new Scope(declaration);
}
