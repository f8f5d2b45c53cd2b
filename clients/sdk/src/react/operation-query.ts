import type { HttpClient } from '../http-client.ts';
import type { OperationDocument, VariablesArgument } from '../operation-document.ts';

/** Key of an operation in the query cache: the same operation with the same variables has the same answer. */
export type OperationKey = readonly [operation: string, variables: unknown];

type QueryDocument<Data, Variables> = OperationDocument<'query', Data, Variables>;

/** Returns the key of a query's answer, for `setQueryData`. */
export function operationKey<Data, Variables>(
  { name }: QueryDocument<Data, Variables>,
  ...[variables]: VariablesArgument<Variables>
): OperationKey {
  return [name, variables ?? {}];
}

/** Returns the prefix of the keys of a query with any variables, for `invalidateQueries`. */
export function everyKey({ name }: OperationDocument<'query', unknown, never>): readonly [operation: string] {
  return [name];
}

/** A query as TanStack Query takes it: `useQuery`, `prefetchQuery` and `ensureQueryData` read it. */
export interface OperationQuery<Data> {
  readonly queryKey: OperationKey;
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Data>;
  readonly retry: false;
}

/** Describes a query of the SDK for TanStack Query. Its requests are repeated by the client, and not again by the cache. */
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
