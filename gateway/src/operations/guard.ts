import { ok, type Result } from '@souk/kit/domain';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { ReadyOperation } from '@souk/engine/execution';
import type { OperationCall } from './operation-call.ts';

/** Additions to the answer of an admitted operation. */
export interface Admission {
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Headers of the HTTP response. Ignored for other transports. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Called before the answer to a query or a mutation is sent. `succeeded` has the response names of the successful
   * root fields with an attempt limit, such as a login. Must not throw.
   */
  readonly onAnswer?: (result: ExecutionResult, succeeded: ReadonlySet<string>) => void | Promise<void>;
}

/** The result of a guard that admits an operation and adds nothing. One shared object, because guards run for every operation. */
export const ADMITTED: Result<Admission, GraphQLError> = ok({});

/**
 * Admits an operation before it runs, or refuses it. The error of a refusal has an `extensions.code`. The error's `extensions.http`
 * contains the `status` and `headers` for HTTP.
 */
export type Guard = (
  ready: ReadyOperation,
  call: OperationCall,
) => Result<Admission, GraphQLError> | Promise<Result<Admission, GraphQLError>>;
