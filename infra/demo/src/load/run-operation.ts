import type { RequestContext } from '@souk/kit/context';
import { graphql, type GraphQLSchema } from 'graphql';

/**
 * Runs an operation against the schema of one subgraph.
 * @throws Error when the result has errors or userErrors.
 */
export async function runOperation<Data>(
  schema: GraphQLSchema,
  contextValue: RequestContext,
  source: string,
  variableValues: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const { data, errors = [] } = await graphql({ schema, source, variableValues, contextValue });
  const refusals = Object.values(data ?? {}).flatMap(userErrorsOf);
  const [problem] = [...errors, ...refusals];
  if (problem) throw new Error(`An operation that loads the demo data failed: ${JSON.stringify(problem)}`);
  // The caller describes the fields that its own operation selects.
  return data as Data;
}

function userErrorsOf(payload: unknown): unknown[] {
  const { userErrors } = Object(payload) as { userErrors?: unknown };
  return Array.isArray(userErrors) ? userErrors : [];
}
