import { execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { succeededFields, type RequestContext } from '../context/index.ts';

/** The member of a result's `extensions` that lists the root fields recorded by `markSucceeded`. The gateway removes the member. */
const SUCCEEDED = 'succeeded';

/** Executes as graphql-js' `execute` does, and reports the root fields recorded by `markSucceeded` in the `extensions` of the result. */
export async function executeAndReport(args: ExecutionArgs): Promise<ExecutionResult> {
  return withSuccesses(await execute(args), args);
}

/** Adds the root fields recorded by `markSucceeded` to the `extensions` of a result. */
export function withSuccesses(result: ExecutionResult, args: Pick<ExecutionArgs, 'contextValue'>): ExecutionResult {
  const succeeded = succeededFields(args.contextValue as RequestContext); // set by the server
  return succeeded.length === 0 ? result : { ...result, extensions: { ...result.extensions, [SUCCEEDED]: succeeded } };
}

/** Response names of the root fields that a subgraph reported with `successesReport`. Empty for any other `extensions`. */
export function reportedSuccesses(extensions: unknown): readonly string[] {
  if (typeof extensions !== 'object' || extensions === null) return [];
  const reported: unknown = Reflect.get(extensions, SUCCEEDED);
  return Array.isArray(reported) ? reported.filter((name) => typeof name === 'string') : [];
}

/**
 * The `extensions` of a result that report root fields as succeeded.
 * @param names the response names of these root fields
 */
export function successesReport(names: readonly string[]): Readonly<Record<string, unknown>> {
  return { [SUCCEEDED]: names };
}
