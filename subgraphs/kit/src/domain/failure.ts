import { err, ok, type Result } from './result.ts';

/**
 * An expected failure that a service returns. A resolver presents the failure as a `userError`. `code` is in UPPER_SNAKE_CASE. `field` is
 * the path into the mutation's input (`['lines', '0', 'quantity']`). `message` is a sentence for people that states the remedy.
 */
export interface Failure<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
  readonly field?: readonly string[];
}

/** Returned when the input names an object that does not exist or that the caller may not see. */
export type NotFound = Failure<'NOT_FOUND'>;

/** Returned when `expectedVersion` is not the current version of the aggregate. */
export interface VersionConflict extends Failure<'VERSION_CONFLICT'> {
  readonly currentVersion: number;
}

/** Returned when an idempotency key is used for a second time with another input. */
export type IdempotencyKeyReused = Failure<'IDEMPOTENCY_KEY_REUSED'>;

export function failure<const Code extends string>(
  code: Code,
  message: string,
  field?: readonly string[],
): Failure<Code> {
  return field ? { code, message, field } : { code, message };
}

/** Checks the optional `expectedVersion` of a mutation. Without `expectedVersion` a change overwrites earlier changes. */
export function expectVersion(
  currentVersion: number,
  expectedVersion: number | null | undefined,
): Result<void, VersionConflict> {
  if (expectedVersion === null || expectedVersion === undefined || expectedVersion === currentVersion)
    return ok(undefined);
  return err({
    code: 'VERSION_CONFLICT',
    message: `The object changed meanwhile and is at version ${currentVersion} now. Read it again and repeat the change`,
    field: ['expectedVersion'],
    currentVersion,
  });
}

/**
 * Returns the aggregate that a mutation changes, when it exists and has the version that the caller expects. Otherwise returns the failure.
 * @param noun the word for the aggregate in the message: "product"
 */
export function changeable<Found extends { readonly version: number }>(
  found: Found | null,
  { expectedVersion }: { readonly expectedVersion?: number | null | undefined },
  noun: string,
): Result<Found, NotFound | VersionConflict> {
  if (!found) return err(failure('NOT_FOUND', `There is no ${noun} with this id`, ['id']));
  const expected = expectVersion(found.version, expectedVersion);
  return expected.ok ? ok(found) : expected;
}
