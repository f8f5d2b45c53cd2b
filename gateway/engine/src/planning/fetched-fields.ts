import { Kind, parse, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** The response names of the root fields in a fetch's operation. */
export function fetchedNames(operation: string): readonly string[] {
  return namesIn(operation, (set) => [set]);
}

/** The response names of the entity fields in a fetch's operation. */
export function fetchedEntityNames(operation: string): readonly string[] {
  return namesIn(operation, ({ selections }) =>
    selections.flatMap((each) => (each.kind === Kind.FIELD && each.selectionSet ? [each.selectionSet] : [])),
  );
}

function namesIn(operation: string, setsOf: (root: SelectionSetNode) => readonly SelectionSetNode[]) {
  const { definitions } = parse(operation, { noLocation: true });
  const fragments = Object.fromEntries(
    definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])),
  );
  return definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION
      ? setsOf(each.selectionSet).flatMap((set) => responseNames(set, fragments, false))
      : [],
  );
}

/**
 * The response names of a selection, except for introspection.
 * @param always whether to leave out fields and fragments that have directives, such as `@skip`
 */
export function responseNames(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  always: boolean,
): readonly string[] {
  return selections.flatMap((each): readonly string[] => {
    if (always && each.directives?.length) return [];
    if (each.kind === Kind.FIELD) {
      return each.name.value.startsWith('__') ? [] : [each.alias?.value ?? each.name.value];
    }
    const fragment = each.kind === Kind.FRAGMENT_SPREAD ? fragments[each.name.value] : each;
    return fragment ? responseNames(fragment.selectionSet, fragments, always) : [];
  });
}
