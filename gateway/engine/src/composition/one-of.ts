import {
  GraphQLOneOfDirective,
  Kind,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type InputObjectTypeDefinitionNode,
} from 'graphql';

const ONE_OF = GraphQLOneOfDirective.name;
const DEFINITION = parse(`directive @${ONE_OF} on INPUT_OBJECT`, { noLocation: true });

/** A subgraph's schema without `@oneOf`, which composition does not support. `inputs` are the types that had the directive. */
export interface WithoutOneOf {
  readonly document: DocumentNode;
  readonly inputs: readonly string[];
}

/** Removes `@oneOf` and its definition from a subgraph's schema. */
export function withoutOneOf(document: DocumentNode): WithoutOneOf {
  const inputs = document.definitions.flatMap((each) => {
    const isInput = each.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || each.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION;
    return isInput && each.directives?.some(isOneOf) ? [each.name.value] : [];
  });
  if (inputs.length === 0) return { document, inputs };
  const definitions = document.definitions.filter(
    (each) => each.kind !== Kind.DIRECTIVE_DEFINITION || each.name.value !== ONE_OF,
  );
  const bare = visit({ ...document, definitions } satisfies DocumentNode, {
    Directive: (node) => (isOneOf(node) ? null : undefined),
  });
  return { document: bare, inputs };
}

/**
 * Adds `@oneOf` to the supergraph's inputs that have the directive in at least one subgraph. A single subgraph with the directive is
 * enough, because an input that is valid for the supergraph must be valid for each subgraph.
 */
export function withOneOf(supergraphSdl: string, inputs: ReadonlySet<string>): string {
  if (inputs.size === 0) return supergraphSdl;
  const document = visit(parse(supergraphSdl, { noLocation: true }), {
    InputObjectTypeDefinition: (node) => (inputs.has(node.name.value) ? marked(node) : undefined),
  });
  return print(withOneOfDefinition(document));
}

/**
 * Adds the definition of `@oneOf` to a supergraph. Some composers omit the definition, because `@oneOf` is a built-in directive of GraphQL.
 */
export function withOneOfDefinition(document: DocumentNode): DocumentNode {
  const isDefined = document.definitions.some(
    (each) => each.kind === Kind.DIRECTIVE_DEFINITION && each.name.value === ONE_OF,
  );
  return isDefined || !usesOneOf(document)
    ? document
    : { ...document, definitions: [...document.definitions, ...DEFINITION.definitions] };
}

/**
 * The problems that prevent inputs of a composed supergraph from being `@oneOf`, one per line. A problem is a field
 * that is required or has a default in another subgraph.
 */
export function oneOfProblems(supergraphSdl: string, inputs: ReadonlySet<string>): readonly string[] {
  if (inputs.size === 0) return [];
  return parse(supergraphSdl, { noLocation: true }).definitions.flatMap((each) =>
    each.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && inputs.has(each.name.value) ? problemsOf(each) : [],
  );
}

function problemsOf({ name, fields = [] }: InputObjectTypeDefinitionNode): readonly string[] {
  const wrong = fields.filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE || defaultValue);
  return wrong.map(
    (field) =>
      `"${name.value}.${field.name.value}" is required or has a default value in one subgraph, and "${name.value}" is @oneOf in another: make the field nullable without a default value, or take @oneOf away (ONE_OF_FIELD_NOT_OPTIONAL)`,
  );
}

function marked(node: InputObjectTypeDefinitionNode): InputObjectTypeDefinitionNode {
  const directive: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: ONE_OF } };
  return { ...node, directives: [...(node.directives ?? []), directive] };
}

function usesOneOf({ definitions }: DocumentNode): boolean {
  return definitions.some((each) => each.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && each.directives?.some(isOneOf));
}

function isOneOf({ name }: { readonly name: { readonly value: string } }): boolean {
  return name.value === ONE_OF;
}
