import {
  executeSync,
  Kind,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
} from 'graphql';
import { documentOf, type OperationContext } from '../operation/operation-context.ts';
import type { ShapeRun } from './shape-run.ts';

/**
 * Answers a root field that queries the schema.
 * @param nodes all selections of the field with one response name
 */
export function compileIntrospection(
  context: OperationContext,
  responseName: string,
  nodes: readonly FieldNode[],
): (run: ShapeRun) => unknown {
  const document = introspectionDocument(context, nodes);
  const isConstant = variableNames(document).size === 0; // the schema never changes
  let known: unknown;
  return ({ variables }) => {
    if (known !== undefined) return known;
    const { data, errors } = executeSync({ schema: context.schema, document, variableValues: variables });
    if (errors) throw new Error('the schema could not be read', { cause: errors[0] });
    const answer = data?.[responseName] ?? null;
    if (isConstant) known = answer;
    return answer;
  };
}

/** The operation reduced to these fields, for graphql-js. */
function introspectionDocument(context: OperationContext, nodes: readonly FieldNode[]): DocumentNode {
  const selectionSet = { kind: Kind.SELECTION_SET, selections: nodes } as const;
  const operation: OperationDefinitionNode = { ...context.operation, operation: OperationTypeNode.QUERY, selectionSet };
  const used = variableNames(documentOf({ ...context, operation: { ...operation, variableDefinitions: [] } }));
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  );
  return documentOf({ ...context, operation: { ...operation, variableDefinitions } });
}

function variableNames(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}
