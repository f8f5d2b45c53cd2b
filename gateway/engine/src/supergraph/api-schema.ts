import type { Supergraph } from '@apollo/federation-internals';
import {
  extendSchema,
  Kind,
  specifiedScalarTypes,
  type DirectiveDefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  type TypeNode,
} from 'graphql';

const EXECUTABLE = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
]);

/**
 * The schema for clients. Apollo's `apiSchema()` removes every directive of a linked specification. The directives that clients may use in
 * operations are added again (see `@composeDirective`).
 * @param document the supergraph's document
 */
export function apiSchemaOf(supergraph: Supergraph, document: DocumentNode): GraphQLSchema {
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  const definitions = document.definitions.filter(
    (each): each is DirectiveDefinitionNode =>
      each.kind === Kind.DIRECTIVE_DEFINITION && isMissing(schema, each) && each.locations.some(isExecutable),
  );
  return definitions.length === 0 ? schema : extendSchema(schema, { kind: Kind.DOCUMENT, definitions });
}

function isExecutable({ value }: DirectiveDefinitionNode['locations'][number]): boolean {
  return EXECUTABLE.has(value);
}

function isMissing(schema: GraphQLSchema, { name, arguments: args = [] }: DirectiveDefinitionNode): boolean {
  return !schema.getDirective(name.value) && args.every(({ type }) => isKnown(schema, namedType(type)));
}

/** Whether the schema has the type. A schema has only the built-in scalars that it uses. */
function isKnown(schema: GraphQLSchema, name: string): boolean {
  return Boolean(schema.getType(name)) || specifiedScalarTypes.some((each) => each.name === name);
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
