import { print, visit, type DocumentNode, type FieldNode } from 'graphql';
import { createHash } from 'node:crypto';
import { documentOf, type OperationContext } from '../operation/operation-context.ts';

/** Whether a subgraph of the supergraph has an interface object. */
export function hasInterfaceObjects(supergraph: DocumentNode): boolean {
  let found = false;
  visit(supergraph, {
    Directive: ({ name, arguments: args = [] }) => {
      found ||= name.value === 'join__type' && args.some((each) => each.name.value === 'isInterfaceObject');
    },
  });
  return found;
}

/**
 * The response names that an operation uses for different fields, or for one field with different arguments. GraphQL allows this for
 * objects of different types.
 */
export function contestedNames(context: OperationContext): ReadonlySet<string> {
  const known = new Map<string, string>();
  const contested = new Set<string>();
  visit(documentOf(context), {
    Field: (node) => {
      const name = node.alias?.value ?? node.name.value;
      const content = contentOf(node);
      if ((known.get(name) ?? content) !== content) contested.add(name);
      known.set(name, content);
    },
  });
  return contested;
}

/** A key that is equal for nodes that GraphQL treats as equal. Nodes with different fields or arguments have different keys. */
export function contentKey(node: FieldNode): string {
  return createHash('sha256').update(contentOf(node)).digest('hex').slice(0, 16);
}

function contentOf({ name, arguments: args = [] }: FieldNode): string {
  const written = args.map((each) =>
    print(
      visit(each, {
        ObjectValue: {
          leave: (node) => ({
            ...node,
            fields: node.fields.toSorted((one, other) => order(one.name.value, other.name.value)),
          }),
        },
      }),
    ),
  );
  return `${name.value}(${written.toSorted(order).join()})`;
}

function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
