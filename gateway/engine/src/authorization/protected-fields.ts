import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { OperationContext } from '../operation/operation-context.ts';
import { allOf, type Requirement, type Requirements } from './requirements.ts';

/** A selected field of an operation that requires the caller to be signed in or to have scopes. */
export interface ProtectedField {
  readonly node: FieldNode;
  /** The coordinate of the field, such as `Order.customer`. An actor's access depends only on the coordinate. */
  readonly coordinate: string;
  /** The field's path in the answer, as response names without list indexes. */
  readonly path: readonly string[];
  readonly requirement: Requirement;
  /** The field and the selections around it that have `@skip` or `@include`. */
  readonly conditional: readonly SelectionNode[];
}

type FragmentNode = FragmentDefinitionNode | InlineFragmentNode;

/** A selection in the operation: the type that it selects from, and its path in the answer. */
interface Place {
  readonly type: GraphQLNamedType;
  readonly path: readonly string[];
  readonly conditional: readonly SelectionNode[];
}

/** All protected fields of an operation, with one entry per selection. The operation must be valid and within the limits. */
export function protectedFields(context: OperationContext, requirements: Requirements): readonly ProtectedField[] {
  if (requirements.size === 0) return [];
  const root = context.schema.getRootType(context.operation.operation);
  if (!root) return [];
  return [...inSelections(context.operation.selectionSet, { type: root, path: [], conditional: [] })];

  function* inSelections({ selections }: SelectionSetNode, around: Place): Generator<ProtectedField> {
    for (const node of selections) {
      const place = node.directives?.length ? { ...around, conditional: [...around.conditional, node] } : around;
      if (node.kind === Kind.FIELD) yield* inField(node, place);
      else yield* inFragment(node.kind === Kind.FRAGMENT_SPREAD ? context.fragments[node.name.value] : node, place);
    }
  }

  /**
   * The type and its possible types. A field of an interface requires the scopes of that field in every implementing
   * type.
   */
  function typesOf(type: GraphQLNamedType): readonly GraphQLNamedType[] {
    return isInterfaceType(type) ? [type, ...context.schema.getPossibleTypes(type)] : [type];
  }

  function* inFragment(fragment: FragmentNode | undefined, place: Place): Generator<ProtectedField> {
    if (!fragment) return;
    const condition = fragment.typeCondition && context.schema.getType(fragment.typeCondition.name.value);
    yield* inSelections(fragment.selectionSet, condition ? { ...place, type: condition } : place);
  }

  function* inField(
    node: FieldNode,
    { type: parent, path: parentPath, conditional }: Place,
  ): Generator<ProtectedField> {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (!field) return; // __typename and introspection are not protected
    const type = getNamedType(field.type);
    const path = [...parentPath, node.alias?.value ?? node.name.value];
    const coordinate = `${parent.name}.${node.name.value}`;
    const protecting = [type.name, ...typesOf(parent).flatMap(({ name }) => [name, `${name}.${node.name.value}`])];
    const requirement = allOf(protecting.map((each) => requirements.get(each)));
    if (requirement) yield { node, coordinate, path, requirement, conditional };
    if (node.selectionSet) yield* inSelections(node.selectionSet, { type, path, conditional });
  }
}

/**
 * Whether `@skip` and `@include` include the field.
 * @param variables the coerced variables, with their defaults
 */
export function isSelected({ conditional }: ProtectedField, variables: Readonly<Record<string, unknown>>): boolean {
  return conditional.every(
    (node) =>
      getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
      getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false,
  );
}
