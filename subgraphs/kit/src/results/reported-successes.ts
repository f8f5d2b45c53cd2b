import { execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { succeededFields, type RequestContext } from '../context/index.ts';

/** The member of a result's `extensions` that names the root fields whose attempts succeeded. The gateway removes the member. */
const SUCCEEDED = 'succeeded';

/** Executes as graphql-js' `execute` does, and reports the successful attempts in the `extensions` of the result. See `markSucceeded`. */
export async function executeAndReport(args: ExecutionArgs): Promise<ExecutionResult> {
  return withSuccesses(await execute(args), args);
}

/** Adds the attempts that succeeded in a context to the `extensions` of a result. */
export function withSuccesses(result: ExecutionResult, args: Pick<ExecutionArgs, 'contextValue'>): ExecutionResult {
  const succeeded = succeededFields(args.contextValue as RequestContext); // set by the server
  return succeeded.length === 0 ? result : { ...result, extensions: { ...result.extensions, [SUCCEEDED]: succeeded } };
}

/** Response names of the root fields whose attempts succeeded, read from the `extensions` of a subgraph's result. */
export function reportedSuccesses(extensions: unknown): readonly string[] {
  if (typeof extensions !== 'object' || extensions === null) return [];
  const reported: unknown = Reflect.get(extensions, SUCCEEDED);
  return Array.isArray(reported) ? reported.filter((name) => typeof name === 'string') : [];
}

/** The `extensions` of a result that report these successes. */
export function successesReport(names: readonly string[]): Readonly<Record<string, unknown>> {
  return { [SUCCEEDED]: names };
}
