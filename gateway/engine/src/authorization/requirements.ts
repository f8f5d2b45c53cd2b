import type { Actor } from '@souk/kit/context';
import { isTypeDefinitionNode, Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from 'graphql';

/** The argument of one `@requiresScopes`: a list of alternatives. Each alternative is a list of scopes that an actor needs together. */
export type ScopeAlternatives = readonly (readonly string[])[];

/** The condition for access to a field: the actor is signed in and satisfies every clause. */
export interface Requirement {
  readonly clauses: readonly ScopeAlternatives[];
}

/** The requirements of a supergraph, by type name and by coordinate (`Query.orders`). */
export type Requirements = ReadonlyMap<string, Requirement>;

/**
 * The names of the two directives in a supergraph. `@link` may rename them. A name is null when the supergraph does not define the
 * directive.
 */
export interface RequirementDirectives {
  readonly authenticated: string | null;
  readonly requiresScopes: string | null;
}

/** Reads the access requirements from the directives of a supergraph document. */
export function readRequirements(supergraph: DocumentNode, names: RequirementDirectives): Requirements {
  const requirements = new Map<string, Requirement>();
  const note = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    const requirement = requirementOf(directives, names);
    if (requirement) requirements.set(coordinate, requirement);
  };
  for (const definition of supergraph.definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    const typeName = definition.name.value;
    note(typeName, definition.directives);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) note(`${typeName}.${field.name.value}`, field.directives);
  }
  return requirements;
}

function requirementOf(directives: readonly ConstDirectiveNode[], names: RequirementDirectives): Requirement | null {
  const scoped = directives.filter(({ name }) => name.value === names.requiresScopes);
  if (scoped.length === 0 && !directives.some(({ name }) => name.value === names.authenticated)) return null;
  return { clauses: scoped.map(scopeAlternatives) };
}

function scopeAlternatives({ arguments: args }: ConstDirectiveNode): ScopeAlternatives {
  const value = args?.find(({ name }) => name.value === 'scopes')?.value;
  return value ? listItems(value).map((scopes) => listItems(scopes).map(stringValue)) : [];
}

/** The items of a list value. GraphQL allows a list with one item to be written without brackets. */
function listItems(value: ConstValueNode): readonly ConstValueNode[] {
  return value.kind === Kind.LIST ? value.values : [value];
}

function stringValue(value: ConstValueNode): string {
  if (value.kind === Kind.STRING) return value.value;
  throw new Error(`@requiresScopes takes strings, not ${value.kind}. Write each scope as a string.`);
}

/** Combines several requirements into one. Null when the list has no requirement. */
export function allOf(requirements: readonly (Requirement | undefined)[]): Requirement | null {
  const present = requirements.filter((each) => each !== undefined);
  return present.length === 0 ? null : { clauses: present.flatMap(({ clauses }) => clauses) };
}

/**
 * Whether an actor may access the field. A system actor always has access. An anonymous actor never has access. Any
 * other actor has access when it has all scopes of at least one alternative in each clause.
 */
export function satisfies(actor: Actor, { clauses }: Requirement): boolean {
  if (actor.kind === 'anonymous') return false;
  if (actor.kind === 'system') return true;
  return clauses.every((alternatives) =>
    alternatives.some((scopes) => scopes.every((scope) => actor.scopes.includes(scope))),
  );
}
