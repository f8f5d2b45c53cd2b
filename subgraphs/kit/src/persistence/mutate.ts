import { requireScope, type RequestContext } from '../context/index.ts';
import type { Failure, Result, UniqueViolations } from '../domain/index.ts';
import type { IdempotencyFailure } from './idempotency.ts';
import { orViolation } from './or-violation.ts';
import type { Transaction } from './transaction.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Base of the input of a mutation. */
export interface MutationInput {
  readonly idempotencyKey?: string | null | undefined;
}

/** Base of the input of a mutation that changes an aggregate. */
export interface ChangeInput extends MutationInput {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
}

/** A mutation: its scope, its name, its input and its expected constraint violations. */
export interface Mutation<Violation extends Failure> {
  /**
   * The scope that the caller needs. Null when callers without a login may call the mutation, or when the service checks the caller itself.
   */
  readonly scope: Parameters<typeof requireScope>[1] | null;
  /** The name of the root field. An idempotency key belongs to one operation. */
  readonly operation: string;
  /** The input as the client sent it. The idempotency fingerprint covers the input except for the key. */
  readonly input: MutationInput;
  /** Unique constraints that the work may violate. @default none, so a violation is thrown as an error */
  readonly uniqueViolations?: UniqueViolations<Violation>;
}

/**
 * Runs a mutation: for callers with the scope, once per idempotency key, in one transaction. After a refusal the
 * transaction is rolled back.
 * @throws AccessDeniedError when the caller lacks the scope. See also the errors of `UnitOfWork.run`.
 */
export async function mutate<Schema, Value, Refusal, Violation extends Failure = never>(
  unitOfWork: UnitOfWork<Schema>,
  ctx: RequestContext,
  { scope, operation, input, uniqueViolations = {} }: Mutation<Violation>,
  work: (tx: Transaction<Schema>) => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal | IdempotencyFailure | Violation>> {
  if (scope !== null) requireScope(ctx, scope);
  return orViolation(uniqueViolations, () =>
    unitOfWork.once(ctx, { key: input.idempotencyKey, operation, input }, work),
  );
}
