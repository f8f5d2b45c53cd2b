import {
  GraphQLError,
  Kind,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { problemOf, type OperationProblem } from './operation-problems.ts';

/** The remedy for each violated validation rule. The messages of graphql-js do not contain a remedy. */
const REMEDIES: Readonly<Record<string, string>> = {
  KnownFragmentNamesRule: 'Write the fragment, in any file of clients/operations',
  NoUnusedFragmentsRule: 'Use the fragment or remove it',
  NoUnusedVariablesRule: 'Use the variable or remove it',
  UniqueOperationNamesRule: 'Rename one of the two: the name of an operation is unique in all of clients/operations',
  UniqueFragmentNamesRule: 'Rename one of the two, or use the same fragment in both files',
  LoneAnonymousOperationRule: 'Give every operation a name',
  KnownDirectivesRule: 'Use a directive of the schema or of clients/operations/directives.graphql',
};
const OTHERWISE = 'Correct the operation; the whole schema is in clients/sdk/schema.graphql';
const PASCAL_CASE = /^[A-Z][A-Za-z0-9]*$/;

/** Lists all mistakes in the operations. */
export function operationProblems(schema: GraphQLSchema, document: DocumentNode): readonly OperationProblem[] {
  const invalid = specifiedRules.flatMap((rule) =>
    validate(schema, document, [rule]).map((error) => problemOf(error, REMEDIES[rule.name] ?? OTHERWISE)),
  );
  const unnamed = document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? nameProblems(node) : [],
  );
  return [...invalid, ...unnamed];
}

function nameProblems(node: OperationDefinitionNode): readonly OperationProblem[] {
  const name = node.name?.value;
  if (name === undefined) {
    return [problemOf(new GraphQLError('The operation has no name', { nodes: node }), 'Name it in PascalCase')];
  }
  if (PASCAL_CASE.test(name)) return [];
  return [
    problemOf(new GraphQLError(`"${name}" is not in PascalCase`, { nodes: node }), 'Rename it, like ProductBySlug'),
  ];
}
