import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  print,
  separateOperations,
  visit,
  type DocumentNode,
  type FieldNode,
  type SelectionSetNode,
} from 'graphql';
import { withoutFields } from '../authorization/redaction.ts';
import type { PlannedOperation } from '../execution/prepared-operation.ts';
import { documentOf } from '../operation/operation-context.ts';

const CONDITIONS = new Set([GraphQLSkipDirective.name, GraphQLIncludeDirective.name]);
const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The text of an operation for Apollo, without the fields that the actor may not see and without directives that Apollo's schema does not
 * define. An operation without fields selects `__typename`, because the answer's shape depends on the type.
 */
export function visibleOperation({ shape, denied }: PlannedOperation): string {
  if (denied.length === 0) return print(withoutDirectives(documentOf(shape)));
  const visible = withoutFields(shape, new Set(denied.map(({ coordinate }) => coordinate)));
  return print(withTypes(withoutUnused(withoutDirectives(documentOf(visible)))));
}

function withoutDirectives(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: ({ name }) => (CONDITIONS.has(name.value) ? undefined : null) });
}

/** Removes unused fragments and variables, which Apollo Server refuses. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const [operation = document] = Object.values(separateOperations(document));
  const used = new Set<string>();
  visit(operation, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
  return visit(operation, { VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? false : null) });
}

function withTypes(document: DocumentNode): DocumentNode {
  const typed = (node: SelectionSetNode) => ({ ...node, selections: [...node.selections, TYPENAME] });
  return visit(document, { SelectionSet: { leave: typed } });
}
