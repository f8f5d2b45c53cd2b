/** `<resource>:<action>`, for instance `orders:read`. */
export type ScopeName = `${string}:${string}`;

/** How a subgraph declares a scope. */
export interface ScopeDeclaration {
  readonly name: ScopeName;
  /** The roles whose users hold the scope. The subgraph that issues tokens refuses a role that it does not know. */
  readonly roles: readonly string[];
}

/**
 * A permission that a subgraph enforces. `defineScope` makes it, in the `contract.ts` of that subgraph; a string cannot stand for it,
 * so that a misspelled scope does not compile.
 */
export class Scope implements ScopeDeclaration {
  /** Private, so that an object with the same fields is not a scope. */
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

/** Declares a scope. */
export function defineScope(declaration: ScopeDeclaration): Scope {
  return new Scope(declaration);
}
