import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  visit,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { documentOf, type OperationContext } from '../operation-context.ts';

/** What decides which fields of an operation are selected. */
export interface CollectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The variables of `@skip` and `@include` that are true. */
  readonly isTrue: (variable: string) => boolean;
}

/** The variables that `@skip` and `@include` of an operation depend on. */
export function conditionVariables(context: OperationContext): readonly string[] {
  const names = new Set<string>();
  visit(documentOf(context), {
    Directive: (node) => {
      const condition = isConditional(node) ? conditionOf(node) : undefined;
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  return [...names].sort();
}

/**
 * The fields that are selected of an object, by response name, in the order of the operation. GraphQL specification, section
 * CollectFields. `type` may be an interface: that of an object whose own type nobody could tell.
 */
export function collectFields(
  scope: CollectionScope,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  selectionSets.forEach(collect);
  return fields;

  function collect({ selections }: SelectionSetNode): void {
    for (const node of selections) {
      if (!isSelected(scope, node)) continue;
      if (node.kind === Kind.FIELD) add(node);
      else if (node.kind === Kind.INLINE_FRAGMENT) enter(node);
      else if (!spread.has(node.name.value)) {
        spread.add(node.name.value);
        enter(scope.fragments[node.name.value]);
      }
    }
  }

  function enter(fragment: FragmentDefinitionNode | InlineFragmentNode | undefined): void {
    if (fragment && applies(scope.schema, fragment.typeCondition?.name.value, type)) collect(fragment.selectionSet);
  }

  function add(node: FieldNode): void {
    const name = node.alias?.value ?? node.name.value;
    const known = fields.get(name);
    if (known) known.push(node);
    else fields.set(name, [node]);
  }
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLCompositeType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && 'getFields' in type && schema.isSubType(wanted, type);
}

function isSelected({ isTrue }: CollectionScope, { directives = [] }: SelectionNode): boolean {
  return directives.filter(isConditional).every((node) => {
    const condition = conditionOf(node);
    const value = condition?.kind === Kind.VARIABLE ? isTrue(condition.name.value) : isLiterallyTrue(condition);
    return value === (node.name.value === GraphQLIncludeDirective.name);
  });
}

function isConditional({ name }: DirectiveNode): boolean {
  return name.value === GraphQLIncludeDirective.name || name.value === GraphQLSkipDirective.name;
}

function conditionOf({ arguments: args }: DirectiveNode) {
  return args?.find(({ name }) => name.value === 'if')?.value;
}

function isLiterallyTrue(value: ReturnType<typeof conditionOf>): boolean {
  return value?.kind === Kind.BOOLEAN && value.value;
}
