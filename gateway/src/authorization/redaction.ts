import {
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { documentOf, type OperationContext } from '../execution/operation-context.ts';

/** No field and no sensible alias begins like this. */
const HIDDEN = '__souk_hidden_';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** The operation without the fields at these coordinates: what may be asked of the subgraphs. */
export function withoutFields(context: OperationContext, coordinates: ReadonlySet<string>): OperationContext {
  return rewrite(context, coordinates, () => null, {
    SelectionSet: { leave: (node) => (node.selections.length === 0 ? onlyTypename(node) : undefined) },
  });
}

/**
 * The operation with those fields under names that no subgraph answers, so that they come out as null, and as GraphQL's
 * null propagation has it. Leaving them as they are would not do: a subgraph may have been asked for the same field as
 * somebody's key or `@requires`, and its value be at hand.
 */
export function withHiddenFields(context: OperationContext, coordinates: ReadonlySet<string>): OperationContext {
  return rewrite(context, coordinates, hide);
}

/** Gives the hidden fields of an answer their names back, in place. `path` is a protected field's. */
export function revealNulls(value: unknown, path: readonly string[]): void {
  if (Array.isArray(value)) return value.forEach((each) => revealNulls(each, path));
  const [name, ...rest] = path;
  if (!isRecord(value) || name === undefined) return;
  if (rest.length > 0) return revealNulls(value[name], rest);
  if (!(HIDDEN + name in value)) return;
  // All are written again, to keep the order in which they were selected.
  for (const [key, each] of Object.entries(value)) {
    delete value[key];
    value[key === HIDDEN + name ? name : key] = each;
  }
}

function rewrite(
  context: OperationContext,
  coordinates: ReadonlySet<string>,
  change: (node: FieldNode) => FieldNode | null,
  others: ASTVisitor = {},
): OperationContext {
  const types = new TypeInfo(context.schema);
  const document = visit(
    documentOf(context),
    visitWithTypeInfo(types, {
      ...others,
      Field: (node) =>
        coordinates.has(`${types.getParentType()?.name}.${node.name.value}`) ? change(node) : undefined,
    }),
  );
  const [operation, ...fragments] = document.definitions;
  return {
    schema: context.schema,
    // `documentOf` puts the operation first and fragments after it, and visiting keeps the kinds.
    operation: operation as OperationDefinitionNode,
    fragments: Object.fromEntries((fragments as FragmentDefinitionNode[]).map((each) => [each.name.value, each])),
  };
}

function hide(node: FieldNode): FieldNode {
  return { ...node, alias: { kind: Kind.NAME, value: HIDDEN + (node.alias?.value ?? node.name.value) } };
}

function onlyTypename(node: SelectionSetNode): SelectionSetNode {
  return { ...node, selections: [TYPENAME] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
