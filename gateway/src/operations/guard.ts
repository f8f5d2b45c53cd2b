import { ok, type Result } from '@souk/kit/domain';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { ReadyOperation } from '@souk/engine/execution';
import type { OperationCall } from './operation-call.ts';

/** What the answer to an admitted operation says besides. */
export interface Admission {
  /** Of the answer's `extensions`. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Of the HTTP answer; other transports have none. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Called with the answer to a query or a mutation before the client gets it, and with the response names of the root fields whose
   * attempts succeeded. It must not throw.
   */
  readonly onAnswer?: (result: ExecutionResult, succeeded: ReadonlySet<string>) => void | Promise<void>;
}

/** There is nothing to say against it. One for all: guards are asked for every operation. */
export const ADMITTED: Result<Admission, GraphQLError> = ok({});

/**
 * Lets an operation pass before it runs, or refuses it. The error has an `extensions.code`, and in `extensions.http` what
 * HTTP says (`status`, `headers`).
 */
export type Guard = (
  ready: ReadyOperation,
  call: OperationCall,
) => Result<Admission, GraphQLError> | Promise<Result<Admission, GraphQLError>>;
