import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { RequiredFields } from './required-fields.ts';

/** Fields of an entity that can share one representation, and the required fields that they need. */
interface FieldGroup {
  readonly fields: Set<FieldNode>;
  readonly needed: Set<string>;
}

/**
 * Splits a fetch whose fields require the same field with different arguments, because a representation has one value
 * for each field name. Returns one fetch for each set of arguments. Nearly every fetch has a single set.
 */
export function splitFetch(node: FetchNode, required: RequiredFields): readonly FetchNode[] {
  if (!node.requires || !collide(internalNames(node.requires, required), required)) return [node];
  const document = withoutSpreads(parse(node.operation, { noLocation: true }));
  const groups = groupFields(document, required);
  return groups.map((group) =>
    fetchOf(node, document, group, new Set(groups.flatMap((each) => [...each.fields])), required),
  );
}

function internalNames(selections: readonly QueryPlanSelectionNode[], required: RequiredFields): readonly string[] {
  return selections.flatMap((each) => [
    ...(each.kind === 'Field' && required.find(each.name) ? [each.name] : []),
    ...internalNames(each.selections ?? [], required),
  ]);
}

/** Whether two of the internal names (`RequiredField.internal`) belong to one field with different arguments. */
function collide(names: readonly string[], required: RequiredFields): boolean {
  const distinct = [...new Set(names)];
  return new Set(distinct.map((each) => required.find(each)?.node.name.value)).size < distinct.length;
}

function groupFields(document: DocumentNode, required: RequiredFields): readonly FieldGroup[] {
  const groups: FieldGroup[] = [];
  for (const { typeName, field } of entityFields(document)) {
    const needed = required.neededBy(`${typeName}.${field.name.value}`);
    const known = groups.find((each) => !collide([...each.needed, ...needed], required));
    const group = known ?? { fields: new Set(), needed: new Set() };
    if (!known) groups.push(group);
    group.fields.add(field);
    for (const each of needed) group.needed.add(each);
  }
  return groups;
}

/** The fields that are fetched for entities, each with its type. */
function entityFields(document: DocumentNode): readonly { readonly typeName: string; readonly field: FieldNode }[] {
  const found: { readonly typeName: string; readonly field: FieldNode }[] = [];
  let depth = 0;
  const types: string[] = [];
  visit(document, {
    InlineFragment: {
      enter: ({ typeCondition }) => void types.push(typeCondition?.name.value ?? types.at(-1) ?? ''),
      leave: () => void types.pop(),
    },
    Field: {
      enter: (field) => {
        depth += 1;
        if (depth === 2) found.push({ typeName: types.at(-1) ?? '', field });
      },
      leave: () => {
        depth -= 1;
      },
    },
  });
  return found;
}

function fetchOf(
  node: FetchNode,
  document: DocumentNode,
  group: FieldGroup,
  all: ReadonlySet<FieldNode>,
  required: RequiredFields,
): FetchNode {
  const reduced = visit(document, {
    Field: (field) => (all.has(field) && !group.fields.has(field) ? null : undefined),
    SelectionSet: { leave: (set) => (set.selections.length === 0 ? null : undefined) },
    InlineFragment: { leave: (fragment) => ('selectionSet' in fragment && fragment.selectionSet ? undefined : null) },
  });
  const used = new Set<string>();
  for (const each of reduced.definitions) {
    if (each.kind === Kind.OPERATION_DEFINITION)
      visit(each.selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  }
  const definitions = reduced.definitions.map((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? withVariables(each, used) : each,
  );
  return {
    ...node,
    operation: stripIgnoredCharacters(print({ ...reduced, definitions })),
    variableUsages: (node.variableUsages ?? []).filter((each) => used.has(each)),
    requires: only(node.requires ?? [], group.needed, required),
  };
}

function withVariables(operation: OperationDefinitionNode, used: ReadonlySet<string>): OperationDefinitionNode {
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  );
  return { ...operation, variableDefinitions };
}

/** The selections of a representation, without the required fields that are not in `needed`. */
function only(
  selections: readonly QueryPlanSelectionNode[],
  needed: ReadonlySet<string>,
  required: RequiredFields,
): QueryPlanSelectionNode[] {
  return selections.flatMap((each) => {
    if (each.kind === 'Field' && required.find(each.name) && !needed.has(each.name)) return [];
    if (!each.selections) return [each];
    const inner = only(each.selections, needed, required);
    return inner.length === 0 ? [] : [{ ...each, selections: inner }];
  });
}

function withoutSpreads(document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((each) => [each.name.value, each]),
  );
  if (fragments.size === 0) return document;
  const definitions = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  return visit({ ...document, definitions } satisfies DocumentNode, {
    // The visitor also visits the replacement, so spreads within fragments are replaced as well.
    FragmentSpread: ({ name }) => {
      const fragment = fragments.get(name.value);
      if (!fragment) return undefined;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition: fragment.typeCondition, selectionSet: fragment.selectionSet };
    },
  });
}
