import { requireScope, type RequestContext } from '@souk/kit/context';
import { err, expectVersion, failure, ok, type Result, type VersionConflict } from '@souk/kit/domain';
import type { IdempotencyFailure, Transaction, UnitOfWork } from '@souk/kit/persistence';
import { CatalogWrite } from './contract.ts';
import type { CatalogDatabase } from './database.ts';
import type { NotFound } from './placement.rows.ts';
import { orTaken, type Taken } from './taken.ts';

/** What the input of every mutation carries. */
export interface MutationInput {
  readonly idempotencyKey?: string | null;
}

/** What the input of a mutation carries that changes something. */
export interface ChangeInput extends MutationInput {
  readonly id: string;
  readonly expectedVersion?: number | null;
}

/** A failure that any mutation of the catalog may answer. */
export type MutationFailure = Taken | IdempotencyFailure;

/** How every mutation of the catalog runs: for those who may write it, once per idempotency key, in one transaction. */
export async function mutateCatalog<Value, Refusal>(
  unitOfWork: UnitOfWork<CatalogDatabase>,
  ctx: RequestContext,
  { operation, input }: { readonly operation: string; readonly input: MutationInput },
  work: (tx: Transaction<CatalogDatabase>) => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal | MutationFailure>> {
  requireScope(ctx, CatalogWrite);
  return orTaken(() => unitOfWork.once(ctx, { key: input.idempotencyKey, operation, input }, work));
}

/** What was found, if it is there and at the version that the caller expects. */
export function changeable<Found extends { readonly version: number }>(
  found: Found | null,
  { expectedVersion }: Pick<ChangeInput, 'expectedVersion'>,
  what: string,
): Result<Found, NotFound | VersionConflict> {
  if (!found) return err(failure('NOT_FOUND', `There is no ${what} with this id`, ['id']));
  const expected = expectVersion(found.version, expectedVersion);
  return expected.ok ? ok(found) : expected;
}
