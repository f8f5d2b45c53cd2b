import type { RequestContext } from '@souk/kit/context';
import { graphql, type GraphQLSchema } from 'graphql';

/**
 * Runs an operation of one subgraph as a client would through the gateway.
 * @throws Error when the answer has errors, also when they are userErrors.
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
  if (problem) throw new Error(`The demo data cannot be loaded: ${JSON.stringify(problem)}`);
  // The caller names what its own operation selects.
  return data as Data;
}

function userErrorsOf(payload: unknown): unknown[] {
  const { userErrors } = Object(payload) as { userErrors?: unknown };
  return Array.isArray(userErrors) ? userErrors : [];
}
