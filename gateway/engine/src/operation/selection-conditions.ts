import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  visit,
  type ASTNode,
  type DirectiveNode,
  type SelectionNode,
} from 'graphql';
import { documentOf, editedOperation, filledSelection, type OperationContext } from './operation-context.ts';

/** Whether a variable of `@skip` or `@include` is true. */
export type IsTrue = (variable: string) => boolean;

/** The variables in an operation's `@skip` and `@include`. */
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

/** Whether the `@skip` and `@include` of a selection include it. */
export function isSelected(isTrue: IsTrue, { directives = [] }: SelectionNode): boolean {
  return directives.filter(isConditional).every((node) => {
    const condition = conditionOf(node);
    const value = condition?.kind === Kind.VARIABLE ? isTrue(condition.name.value) : isLiterallyTrue(condition);
    return value === (node.name.value === GraphQLIncludeDirective.name);
  });
}

/** The operation without `@skip` and `@include`, for the given values of its variables. */
export function withoutConditions(context: OperationContext, isTrue: IsTrue): OperationContext {
  return editedOperation(context, (document) =>
    visit(document, {
      enter: (node) => (isSelection(node) && !isSelected(isTrue, node) ? null : undefined),
      Directive: { leave: (node) => (isConditional(node) ? null : undefined) },
      SelectionSet: { leave: filledSelection },
    }),
  );
}

function isSelection(node: ASTNode): node is SelectionNode {
  return node.kind === Kind.FIELD || node.kind === Kind.INLINE_FRAGMENT || node.kind === Kind.FRAGMENT_SPREAD;
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
