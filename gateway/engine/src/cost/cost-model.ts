import {
  isTypeDefinitionNode,
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeDefinitionNode,
} from 'graphql';

/** The arguments of one `@listSize`, from which the length of a list is estimated. */
export interface ListSize {
  /** The estimated length of the list when the client sets none of `slicingArguments`. */
  readonly assumedSize: number | null;
  /**
   * The field's arguments that set the length of the list, such as `first`. If the client sets several, the largest
   * value is the length.
   */
  readonly slicingArguments: readonly string[];
  /**
   * The fields of the returned object that are lists of this length, such as `nodes`. Empty when the field with
   * `@listSize` returns the list itself.
   */
  readonly sizedFields: readonly string[];
  /** Whether a client must set exactly one of the slicing arguments. */
  readonly requireOneSlicingArgument: boolean;
}

/** The costs of a schema's elements. Elements without a directive have the default costs of IBM's "GraphQL Cost Directives". */
export interface CostModel {
  /** The weights of `@cost`, by type name (`Money`), field (`Query.search`), argument (`Query.search.text`) or input field. */
  readonly weights: ReadonlyMap<string, number>;
  /** The arguments of each `@listSize`, by field (`Query.products`). */
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

/**
 * The names of the directives `@cost` and `@listSize` in a supergraph. `@link` may rename them. A name is null when the
 * supergraph does not define the directive.
 */
export interface CostDirectives {
  readonly cost: string | null;
  readonly listSize: string | null;
}

/**
 * Reads the costs of a supergraph document. Composition has merged the subgraphs' directives. Implements IBM's "GraphQL Cost Directives" as
 * adopted by Apollo Federation 2.9.
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

/** The strings of a list argument. GraphQL allows a list with one item to be written without brackets. */
function names(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === 'string');
}
