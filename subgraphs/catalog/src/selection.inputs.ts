import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  valueFromASTUntyped,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Selection } from './selection.ts';

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>;

/** The fields that the request selects below the current field. */
export function selectionOf(info: Info): Selection {
  return selectionIn(
    info,
    info.fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    [],
  );
}

interface Use {
  readonly args: Readonly<Record<string, unknown>>;
  readonly selectionSet: SelectionSetNode | undefined;
}

function selectionIn(info: Info, sets: readonly SelectionSetNode[], uses: Selection['uses']): Selection {
  const fields = new Map<string, Use[]>();
  for (const set of sets) collect(info, set.selections, fields);
  return {
    uses,
    has: (field) => fields.has(field),
    below(field) {
      const found = fields.get(field) ?? [];
      return selectionIn(
        info,
        found.flatMap(({ selectionSet }) => selectionSet ?? []),
        found.map(({ args }) => args),
      );
    },
  };
}

function collect(info: Info, selections: readonly SelectionNode[], fields: Map<string, Use[]>): void {
  for (const node of selections) {
    if (isLeftOut(info, node)) continue;
    if (node.kind === Kind.FIELD) {
      const args = (node.arguments ?? []).map(({ name, value }) => [
        name.value,
        valueFromASTUntyped(value, info.variableValues),
      ]);
      const use = { args: Object.fromEntries(args), selectionSet: node.selectionSet };
      fields.set(node.name.value, [...(fields.get(node.name.value) ?? []), use]);
    } else {
      // Type conditions are ignored, because the selected types are not interfaces. A fragment on another type cannot
      // select their fields.
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node : info.fragments[node.name.value];
      if (inner) collect(info, inner.selectionSet.selections, fields);
    }
  }
}

function isLeftOut({ variableValues }: Info, node: SelectionNode): boolean {
  if (!node.directives?.length) return false;
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.['if'] === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.['if'] === false
  );
}
