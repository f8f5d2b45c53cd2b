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

/** The names of the two directives in a supergraph, which `@link` may change. Null when the supergraph does not have the directive. */
export interface RequirementDirectives {
  readonly authenticated: string | null;
  readonly requiresScopes: string | null;
}

/** Reads the requirements of a supergraph document. Composition has merged the subgraphs' directives. */
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

/** The combination of several requirements, or null when there are none. */
export function allOf(requirements: readonly (Requirement | undefined)[]): Requirement | null {
  const present = requirements.filter((each) => each !== undefined);
  return present.length === 0 ? null : { clauses: present.flatMap(({ clauses }) => clauses) };
}

/** Whether the actor satisfies the requirement. */
export function satisfies(actor: Actor, { clauses }: Requirement): boolean {
  if (actor.kind === 'anonymous') return false;
  if (actor.kind === 'system') return true;
  return clauses.every((alternatives) =>
    alternatives.some((scopes) => scopes.every((scope) => actor.scopes.includes(scope))),
  );
}
