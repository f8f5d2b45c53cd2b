import {
  getNamedType,
  GraphQLError,
  isInputObjectType,
  Kind,
  type ASTVisitor,
  type ValidationContext,
  type VariableDefinitionNode,
} from 'graphql';

/**
 * A validation rule. A variable that is a member of a `@oneOf` input must have a non-null type (GraphQL, 5.8.5 All
 * Variable Usages Are Allowed). graphql-js 16 checks only nullable inputs. This rule also checks required inputs and
 * inputs in lists.
 */
export function OneOfVariablesRule(context: ValidationContext): ASTVisitor {
  const nullable = new Map<string, VariableDefinitionNode>();
  return {
    VariableDefinition: (node) => {
      if (node.type.kind !== Kind.NON_NULL_TYPE) nullable.set(node.variable.name.value, node);
    },
    OperationDefinition: {
      enter: () => nullable.clear(),
      leave: (operation) => {
        for (const { node, parentType } of context.getRecursiveVariableUsages(operation)) {
          const definition = nullable.get(node.name.value);
          if (!definition || !parentType || isInputObjectType(parentType)) continue;
          const input = getNamedType(parentType);
          if (isInputObjectType(input) && input.isOneOf) {
            context.reportError(nullableMember(definition, input.name));
          }
        }
      },
    },
  };
}

function nullableMember(definition: VariableDefinitionNode, input: string): GraphQLError {
  const name = definition.variable.name.value;
  const message = `Variable "$${name}" must have a type that is not null: it is the member of the @oneOf input "${input}". Declare it with "!"`;
  return new GraphQLError(message, { nodes: definition });
}
