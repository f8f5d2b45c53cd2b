import type { FetchNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, parse, print, stripIgnoredCharacters, visit } from 'graphql';
import { splitFetch } from './fetch-split.ts';
import { withFetches } from './plan-fetches.ts';
import type { RequiredFields } from './required-fields.ts';

/** Replaces the internal fields of a plan by the real fields with their arguments. */
export function withRealFields(plan: QueryPlan, required: RequiredFields): QueryPlan {
  if (required.isEmpty) return plan;
  return withFetches(plan, (node) => splitFetch(node, required).map((each) => realFetch(each, required)));
}

function realFetch(node: FetchNode, required: RequiredFields): FetchNode {
  const operation = realOperation(node.operation, required);
  if (!node.requires) return { ...node, operation };
  return { ...node, operation, requires: node.requires.map((each) => realSelection(each, required)) };
}

function realOperation(text: string, required: RequiredFields): string {
  const document = parse(text, { noLocation: true });
  let changed = false;
  const real = visit(document, {
    Field: (node) => {
      const found = required.find(node.name.value);
      if (!found) return undefined;
      changed = true;
      const alias = { kind: Kind.NAME, value: found.internal } as const;
      return { ...node, alias, name: found.node.name, arguments: found.node.arguments ?? [] };
    },
  });
  return changed ? stripIgnoredCharacters(print(real)) : text;
}

/**
 * The selection with the real field. In a representation the alias is the name in the data, and the field's name is the name in the
 * subgraph.
 */
function realSelection(selection: QueryPlanSelectionNode, required: RequiredFields): QueryPlanSelectionNode {
  const selections = selection.selections?.map((each) => realSelection(each, required));
  if (selection.kind === 'InlineFragment') return { ...selection, selections: selections ?? [] };
  const found = required.find(selection.name);
  return {
    ...selection,
    ...(selections && { selections }),
    ...(found && { alias: found.internal, name: found.node.name.value }),
  };
}
