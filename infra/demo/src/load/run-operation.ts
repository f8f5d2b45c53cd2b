import type { RequestContext } from '@souk/kit/context';
import { graphql, type GraphQLSchema } from 'graphql';

/** Thrown with the first error or user error of an operation. */
export class RefusedOperationError extends Error {
  /** The code of the user error. Null when the operation itself failed. */
  readonly code: string | null;

  constructor(problem: object) {
    super(`An operation that loads the demo data failed: ${JSON.stringify(problem)}`);
    this.name = 'RefusedOperationError';
    this.code = 'code' in problem ? String(problem.code) : null;
  }
}

/**
 * Runs an operation against the schema of one subgraph, without HTTP.
 * @throws RefusedOperationError when the result has errors or user errors.
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
  if (problem) throw new RefusedOperationError(problem);
  // The caller guarantees that `Data` describes the fields that its operation selects.
  return data as Data;
}

function userErrorsOf(payload: unknown): { readonly code: string }[] {
  const { userErrors } = Object(payload) as { userErrors?: { readonly code: string }[] };
  return Array.isArray(userErrors) ? userErrors : [];
}
