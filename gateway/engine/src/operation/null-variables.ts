import {
  getNamedType,
  GraphQLError,
  isNonNullType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DirectiveNode,
  type SelectionNode,
  type VariableNode,
} from 'graphql';
import type { OperationContext } from './operation-context.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * A use of a nullable variable where the schema requires a non-null value. Such a use is valid when the variable or the
 * argument has a default.
 */
interface NullableUse {
  readonly node: VariableNode;
  readonly argument: string;
  /** The type that the schema requires for the value, such as `Int!`. */
  readonly type: string;
}

/**
 * Finds variables whose value is null where the schema requires a non-null value (GraphQL, 6.4.1 CoerceArgumentValues).
 */
export class NullVariables {
  readonly #context: OperationContext;
  /**
   * The names of the nullable variables that are used where the schema requires a non-null value. The property is null
   * until the first request that sends a null.
   */
  #atRisk: ReadonlySet<string> | null = null;

  constructor(context: OperationContext) {
    this.#context = context;
  }

  /**
   * Returns the error for the client when a variable's value is null where the schema requires a non-null value.
   * Otherwise returns null. A use in a selection that `@skip` or `@include` excludes is not an error.
   */
  refusal(coerced: Values): GraphQLError | null {
    const nulls = Object.keys(coerced).filter((name) => coerced[name] === null);
    if (nulls.length === 0) return null;
    this.#atRisk ??= new Set(nullableUses(this.#context, null).map(({ node }) => node.name.value));
    if (!nulls.some((name) => this.#atRisk?.has(name))) return null;
    const wrong = nullableUses(this.#context, coerced).find(({ node }) => coerced[node.name.value] === null);
    return wrong ? nullRefused(wrong) : null;
  }
}

function nullRefused({ node, argument, type }: NullableUse): GraphQLError {
  const name = node.name.value;
  return new GraphQLError(
    `Variable "$${name}" must not be null: it stands in the argument "${argument}", where "${type}" is expected. Give it a value, or leave it out for its default`,
    { nodes: node, extensions: { code: 'BAD_USER_INPUT' } },
  );
}

/**
 * The uses of nullable variables in the operation and its fragments. With `values`, the result contains only the uses
 * in selections that `@skip` and `@include` include.
 */
function nullableUses({ schema, operation, fragments }: OperationContext, values: Values | null): NullableUse[] {
  const nullable = new Set(
    operation.variableDefinitions?.flatMap(({ type, variable }) =>
      type.kind === Kind.NON_NULL_TYPE ? [] : [variable.name.value],
    ),
  );
  const uses: NullableUse[] = [];
  const typeInfo = new TypeInfo(schema);
  const parts = new Set<ASTNode>([operation]);
  const enter = (node: ASTNode) => {
    if (node.kind === Kind.VARIABLE_DEFINITION || (isSelection(node) && values && isLeftOut(node, values)))
      return false;
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments[node.name.value];
      if (fragment) parts.add(fragment);
    }
    const type = node.kind === Kind.VARIABLE && nullable.has(node.name.value) ? typeInfo.getInputType() : null;
    if (node.kind === Kind.VARIABLE && isNonNullType(type)) {
      uses.push({ node, argument: typeInfo.getArgument()?.name ?? getNamedType(type).name, type: String(type) });
    }
    return undefined;
  };
  // The loop also visits the fragments that are added to the set during the loop.
  for (const part of parts) visit(part, visitWithTypeInfo(typeInfo, { enter }));
  return uses;
}

function isSelection(node: ASTNode): node is SelectionNode {
  return node.kind === Kind.FIELD || node.kind === Kind.INLINE_FRAGMENT || node.kind === Kind.FRAGMENT_SPREAD;
}

function isLeftOut({ directives = [] }: SelectionNode, values: Values): boolean {
  return directives.some(
    (each) =>
      (each.name.value === 'skip' && conditionOf(each, values) === true) ||
      (each.name.value === 'include' && conditionOf(each, values) === false),
  );
}

function conditionOf({ arguments: [condition] = [] }: DirectiveNode, values: Values): unknown {
  if (condition?.value.kind === Kind.BOOLEAN) return condition.value.value;
  return condition?.value.kind === Kind.VARIABLE ? values[condition.value.name.value] : undefined;
}
