import type { HttpClient } from '../http-client.ts';
import type { OperationDocument, VariablesArgument } from '../operation-document.ts';

/** Key in the query cache: the operation and its variables. */
export type OperationKey = readonly [operation: string, variables: unknown];

type QueryDocument<Data, Variables> = OperationDocument<'query', Data, Variables>;

/** Returns the cache key of a query with its variables, for `setQueryData`. */
export function operationKey<Data, Variables>(
  { name }: QueryDocument<Data, Variables>,
  ...[variables]: VariablesArgument<Variables>
): OperationKey {
  return [name, variables ?? {}];
}

/** Returns the key prefix that matches a query with any variables, for `invalidateQueries`. */
export function everyKey({ name }: OperationDocument<'query', unknown, never>): readonly [operation: string] {
  return [name];
}

/** Query options for TanStack Query: `useQuery`, `prefetchQuery` and `ensureQueryData` accept them. */
export interface OperationQuery<Data> {
  readonly queryKey: OperationKey;
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Data>;
  readonly retry: false;
}

/**
 * Returns the query options of an SDK query for TanStack Query. The SDK's client retries failed requests, so the
 * options disable the retries of TanStack Query.
 */
export function operationQuery<Data, Variables>(
  http: HttpClient,
  document: QueryDocument<Data, Variables>,
  ...[variables = {} as Variables & object]: VariablesArgument<Variables>
): OperationQuery<Data> {
  const sent = [variables] as unknown as VariablesArgument<Variables>;
  return {
    queryKey: operationKey(document, ...sent),
    queryFn: ({ signal }) => http.run(document, ...sent, { signal }),
    retry: false,
  };
}
