import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  print,
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
 * The text of an operation as Apollo may run it: without the fields that the actor may not see, and without directives of clients,
 * which Apollo's schema does not know. An answer without fields is put together by the types of its objects, which are asked for.
 */
export function visibleOperation({ shape, denied }: PlannedOperation): string {
  if (denied.length === 0) return print(withoutDirectives(documentOf(shape)));
  const visible = withoutFields(shape, new Set(denied.map(({ coordinate }) => coordinate)));
  return print(withTypes(withoutDirectives(documentOf(visible))));
}

function withoutDirectives(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: ({ name }) => (CONDITIONS.has(name.value) ? undefined : null) });
}

function withTypes(document: DocumentNode): DocumentNode {
  const typed = (node: SelectionSetNode) => ({ ...node, selections: [...node.selections, TYPENAME] });
  return visit(document, { SelectionSet: { leave: typed } });
}
