import {
  keepPreviousData,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { OperationDocument, VariablesArgument } from '../operation-document.ts';
import { perform, type Outcome } from '../outcome.ts';
import type { SoukError } from '../souk-error.ts';
import { operationQuery } from './operation-query.ts';
import { useSouk } from './souk-context.ts';

/** Options of `useOperation`. */
export interface OperationOptions {
  /** Whether the query is sent. @default true */
  readonly enabled?: boolean;
  /** Whether the previous response stays visible while the response for other variables is loading. @default false */
  readonly keepPrevious?: boolean;
  /** How long a response counts as fresh, in milliseconds. @default the query client's default */
  readonly staleTime?: number;
}

/**
 * Runs a query, and runs it again when its variables change. Components with the same query share one request and one
 * response.
 */
export function useOperation<Data, Variables>(
  document: OperationDocument<'query', Data, Variables>,
  ...rest: [...VariablesArgument<Variables>, options?: OperationOptions | undefined]
): UseQueryResult<Data, SoukError> {
  const { http } = useSouk();
  // The compiler cannot infer the optional arguments of a generic call.
  const [variables, options = {}] = rest as readonly unknown[] as [Variables | undefined, OperationOptions?];
  const { enabled = true, keepPrevious = false, staleTime } = options;
  return useQuery<Data, SoukError, Data, readonly unknown[]>({
    ...operationQuery(http, document, ...([variables] as unknown as VariablesArgument<Variables>)),
    enabled,
    ...(keepPrevious && { placeholderData: keepPreviousData }),
    ...(staleTime !== undefined && { staleTime }),
  });
}

/**
 * Returns a mutation whose result is an `Outcome`: done, refused or failed. The client retries it with one idempotency
 * key, so TanStack Query does not retry it.
 */
export function useMutationOperation<Data extends object, Variables>(
  document: OperationDocument<'mutation', Data, Variables>,
  options: { readonly onDone?: (payload: Extract<Outcome<Data>, { kind: 'done' }>['payload']) => void } = {},
): UseMutationResult<Outcome<Data>, never, Variables> {
  const { http } = useSouk();
  return useMutation<Outcome<Data>, never, Variables>({
    mutationFn: (variables) => perform(http, document, ...([variables] as unknown as VariablesArgument<Variables>)),
    onSuccess: (outcome) => {
      if (outcome.kind === 'done') options.onDone?.(outcome.payload);
    },
    retry: false,
  });
}
