import {
  Kind,
  parseConstValue,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
} from 'graphql';

/** `first` says how long the two lists of a connection are; where it is left out, its default does. */
const LIST_SIZE: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'listSize' },
  arguments: [
    constArgument('slicingArguments', '["first"]'),
    constArgument('sizedFields', '["nodes", "edges"]'),
    constArgument('requireOneSlicingArgument', 'false'),
  ],
};

/**
 * The schema with `@listSize` on every field that returns a connection and takes `first`, so that the gateway knows before
 * it runs an operation how much that asks for. See IBM's "GraphQL Cost Directives" and Apollo Federation 2.9.
 */
export function withListSizes(schema: DocumentNode): DocumentNode {
  return visit(schema, {
    FieldDefinition: (field) =>
      isPagedConnection(field) ? { ...field, directives: [...(field.directives ?? []), LIST_SIZE] } : undefined,
  });
}

function isPagedConnection({ type, arguments: args = [] }: FieldDefinitionNode): boolean {
  const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  const isConnection = named.kind === Kind.NAMED_TYPE && named.name.value.endsWith('Connection');
  return isConnection && args.some(({ name }) => name.value === 'first');
}

function constArgument(name: string, value: string) {
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value: parseConstValue(value) } as const;
}
