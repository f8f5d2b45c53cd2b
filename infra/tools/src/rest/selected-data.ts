import {
  getNamedType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** An object, with the fields that an operation selects. */
export interface SelectedObject {
  readonly type: GraphQLObjectType;
  /** The selected fields, by their names in the response. */
  readonly fields: ReadonlyMap<string, SelectedField>;
  /** The name of the fragment that selects all fields. Null when there is no fragment, or more than one. */
  readonly fragment: string | null;
}

export interface SelectedField {
  readonly definition: GraphQLField<unknown, unknown>;
  /** Whether `@include` or `@skip` may remove the field from the response. */
  readonly conditional: boolean;
  /** The selected object. Null when the type is a scalar or abstract. */
  readonly object: SelectedObject | null;
}

/** Resolves the fragments of an operation. @returns the selected data */
export function selectedData(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  document: DocumentNode,
): SelectedObject {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no type for the operation type ${operation.operation}`);
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  return selectedObject(root, [operation.selectionSet], byName);
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function selectedObject(
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  fragments: Fragments,
): SelectedObject {
  const nodes = sets.flatMap((set) => fieldNodes(set, fragments));
  const names = new Set(nodes.map(({ alias, name }) => (alias ?? name).value));
  const fields = [...names].flatMap((name) => {
    const same = nodes.filter((node) => (node.alias ?? node.name).value === name);
    const field = selectedField(type, same, fragments);
    return field ? [[name, field] as const] : [];
  });
  return { type, fields: new Map(fields), fragment: soleFragment(sets) };
}

function selectedField(
  type: GraphQLObjectType,
  nodes: ReturnType<typeof fieldNodes>,
  fragments: Fragments,
): SelectedField | null {
  const definition = type.getFields()[nodes[0]?.name.value ?? ''];
  if (!definition) return null; // __typename
  const named = getNamedType(definition.type);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return {
    definition,
    conditional: nodes.every(({ directives = [] }) => directives.some((each) => CONDITIONS.has(each.name.value))),
    object: isObjectType(named) ? selectedObject(named, sets, fragments) : null,
  };
}

const CONDITIONS = new Set(['include', 'skip']);

function fieldNodes({ selections }: SelectionSetNode, fragments: Fragments) {
  return selections.flatMap((node): readonly (typeof node & { kind: Kind.FIELD })[] => {
    switch (node.kind) {
      case Kind.FIELD:
        return [node];
      case Kind.INLINE_FRAGMENT:
        return fieldNodes(node.selectionSet, fragments);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments.get(node.name.value);
        return fragment ? fieldNodes(fragment.selectionSet, fragments) : [];
      }
    }
  });
}

function soleFragment(sets: readonly SelectionSetNode[]): string | null {
  const selections = sets.flatMap((set) => set.selections);
  const [only] = selections;
  return selections.length === 1 && only?.kind === Kind.FRAGMENT_SPREAD ? only.name.value : null;
}
