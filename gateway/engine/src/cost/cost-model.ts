import {
  isTypeDefinitionNode,
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeDefinitionNode,
} from 'graphql';

/** One `@listSize`: how long a list may be, before anybody has counted. */
export interface ListSize {
  /** Where no slicing argument says it. */
  readonly assumedSize: number | null;
  /** Arguments that say how many; the largest counts. */
  readonly slicingArguments: readonly string[];
  /** The fields of the returned object that are so long; none when it is the field itself. */
  readonly sizedFields: readonly string[];
  /** Whether a client has to give exactly one of the slicing arguments. */
  readonly requireOneSlicingArgument: boolean;
}

/** What a schema says of the cost of its parts; what it says nothing of has the defaults of the specification. */
export interface CostModel {
  /** `@cost`, by type name (`Money`), field (`Query.search`), argument (`Query.search.text`) or input field. */
  readonly weights: ReadonlyMap<string, number>;
  /** `@listSize`, by field. */
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

/** What the two directives are called in a supergraph: `@link` may rename them. Null where it has none. */
export interface CostDirectives {
  readonly cost: string | null;
  readonly listSize: string | null;
}

/**
 * Reads the costs of a supergraph document. Composition has merged the directives of the subgraphs.
 * IBM's "GraphQL Cost Directives" specification, as Apollo Federation 2.9 has taken it over.
 */
export function readCostModel(supergraph: DocumentNode, names: CostDirectives): CostModel {
  const weights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();
  const note = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    const weight = argumentsOf(directives, names.cost)?.['weight'];
    if (weight !== undefined) weights.set(coordinate, Number(weight));
    const listSize = argumentsOf(directives, names.listSize);
    if (listSize) listSizes.set(coordinate, listSizeOf(listSize));
  };
  for (const definition of supergraph.definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    const typeName = definition.name.value;
    note(typeName, definition.directives);
    for (const field of fieldsOf(definition)) {
      note(`${typeName}.${field.name.value}`, field.directives);
      for (const argument of argumentsDefinedBy(field))
        note(`${typeName}.${field.name.value}.${argument.name.value}`, argument.directives);
    }
  }
  return { weights, listSizes };
}

function fieldsOf(definition: TypeDefinitionNode) {
  return 'fields' in definition ? (definition.fields ?? []) : [];
}

function argumentsDefinedBy(field: ReturnType<typeof fieldsOf>[number]) {
  return field.kind === Kind.FIELD_DEFINITION ? ((field satisfies FieldDefinitionNode).arguments ?? []) : [];
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[],
  name: string | null,
): Readonly<Record<string, unknown>> | null {
  const directive = directives.find((each) => each.name.value === name);
  if (!directive) return null;
  return Object.fromEntries(
    (directive.arguments ?? []).map((each) => [each.name.value, valueFromASTUntyped(each.value)]),
  );
}

function listSizeOf({
  assumedSize,
  slicingArguments,
  sizedFields,
  requireOneSlicingArgument,
}: Readonly<Record<string, unknown>>): ListSize {
  return {
    assumedSize: typeof assumedSize === 'number' ? assumedSize : null,
    slicingArguments: names(slicingArguments),
    sizedFields: names(sizedFields),
    requireOneSlicingArgument: requireOneSlicingArgument !== false,
  };
}

/** GraphQL lets a list of one be written without its brackets. */
function names(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === 'string');
}
