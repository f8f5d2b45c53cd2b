import { execute, type ExecutionResult, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { ReadyOperation } from '../execution/operation.ts';
import { feedValue, type FeedObject } from './fixture-feed.ts';

/**
 * The answer of graphql-js on one schema with all fields of the feed. It is the expected answer of the engine.
 * @param schema the schema that clients see
 */
export async function plainAnswer(
  schema: GraphQLSchema,
  { request: { document, variables } }: ReadyOperation,
): Promise<ExecutionResult> {
  return execute({ schema, document, variableValues: variables, fieldResolver: plainField });
}

const plainField: GraphQLFieldResolver<FeedObject | undefined, unknown> = (source, args, _context, info) =>
  feedValue(info.parentType.name, info.fieldName, source, args);
